import { posix } from 'node:path';
import { ComposeNode, get, list, map, MapNode, scalar, textOf } from './node';

/** Stands for the project's folder, so that its name and place do not count. */
const DEEP = `/${'(folder)/'.repeat(16)}`;

/** Makes the paths of a document that are relative to one folder relative to another. */
export function rebase(document: MapNode, from: string, to: string): MapNode {
  if (posix.normalize(from) === posix.normalize(to)) {
    return document;
  }
  return map(
    [...document.entries].map(([key, value]) => {
      switch (key) {
        case 'services':
          return [key, each(value, (service) => rebaseService(service, from, to))] as const;
        case 'secrets':
        case 'configs':
          return [key, each(value, (one) => withKey(one, 'file', (file) => move(file, from, to)))] as const;
        default:
          return [key, value] as const;
      }
    }),
    document,
  );
}

/** Makes the paths of a service that are relative to one folder relative to another. */
export function rebaseService(service: ComposeNode, from: string, to: string): ComposeNode {
  if (posix.normalize(from) === posix.normalize(to)) {
    return service;
  }
  const moved = withKey(service, 'build', (build) => withKey(build, 'context', (context) => move(context, from, to)));
  const mounted = withKey(moved, 'volumes', (volumes) => items(volumes, (mount) =>
    textOf(get(mount, 'type')) === 'bind' ? withKey(mount, 'source', (source) => move(source, from, to)) : mount));
  return withKey(mounted, 'env_file', (files) => items(files, (file) =>
    withKey(file, 'path', (path) => move(path, from, to))));
}

function move(node: ComposeNode, from: string, to: string): ComposeNode {
  const text = textOf(node);
  if (text === undefined || /^(\/|~|\$|\w+:\/\/|git@)/.test(text)) {
    return node;
  }
  const path = posix.relative(posix.join(DEEP, to), posix.join(DEEP, from, text));
  return scalar(path === '' ? '.' : path.startsWith('.') ? path : `./${path}`, node);
}

function withKey(node: ComposeNode, key: string, change: (value: ComposeNode) => ComposeNode): ComposeNode {
  return node.kind === 'map'
    ? map([...node.entries].map(([name, value]) => [name, name === key ? change(value) : value]), node)
    : node;
}

function each(node: ComposeNode, change: (value: ComposeNode) => ComposeNode): ComposeNode {
  return node.kind === 'map' ? map([...node.entries].map(([key, value]) => [key, change(value)]), node) : node;
}

function items(node: ComposeNode, change: (value: ComposeNode) => ComposeNode): ComposeNode {
  return node.kind === 'list' ? list(node.items.map(change), node) : node;
}
