import { ComposeError } from './compose-error';
import { ComposeNode, entriesOf, get, itemsOf, list, map, MapNode, scalar, textOf } from './node';
import { shellWords } from './shell-words';
import { splitOutside } from './template';
import { withDefaults } from './with-defaults';

type Normalizer = (node: ComposeNode) => ComposeNode;

const LISTS = ['tmpfs', 'dns', 'dns_search', 'dns_opt', 'label_file', 'profiles'];
const PAIRS = ['environment', 'labels', 'annotations', 'sysctls'];

const SERVICE: Readonly<Record<string, Normalizer>> = {
  ...Object.fromEntries(LISTS.map((key) => [key, asList])),
  ...Object.fromEntries(PAIRS.map((key) => [key, pairs])),
  build,
  command: words,
  configs: grants,
  depends_on: dependencies,
  entrypoint: words,
  env_file: envFiles,
  expose: (node) => list(itemsOf(node).map(asText), node),
  extends: (node) => (node.kind === 'scalar' ? map([['service', node]], node) : node),
  extra_hosts: hosts,
  healthcheck: (node) => withEntry(node, 'test', healthTest),
  models: names,
  networks: names,
  ports: (node) => list(itemsOf(node).flatMap(port), node),
  secrets: grants,
  volumes: (node) => list(itemsOf(node).map(mount), node),
};

/**
 * Writes every short form of a compose file in its long form, as Compose does before it merges files. Unknown keys stay
 * as they are.
 *
 * @throws ComposeError if a form means nothing to Compose.
 */
export function normalize(document: MapNode): MapNode {
  const normalized = map(
    [...document.entries].map(([key, value]) => {
      switch (key) {
        case 'services': return [key, eachEntry(value, service)] as const;
        case 'networks':
        case 'volumes':
        case 'secrets':
        case 'configs': return [key, eachEntry(value, resource)] as const;
        default: return [key, value] as const;
      }
    }),
    document,
  );
  return normalized;
}

function service(node: ComposeNode): ComposeNode {
  if (node.kind !== 'map') {
    if (node.tag === '!reset') {
      return node;
    }
    throw problem(node, 'A service must be a mapping.');
  }
  return map([...node.entries].map(([key, value]) => [key, keepTag(value, SERVICE[key])]), node);
}

/** What is reset has no form. */
function keepTag(node: ComposeNode, normalizer: Normalizer | undefined): ComposeNode {
  return normalizer === undefined || node.tag === '!reset' ? node : normalizer(node);
}

/** `external: { name: x }` is how files before version 3.5 name what is outside. */
function resource(node: ComposeNode): ComposeNode {
  if (node.kind === 'scalar' && node.value === null) {
    return map([], node);
  }
  const external = get(node, 'external');
  const labelled = withEntry(node, 'labels', pairs);
  return external?.kind !== 'map' || labelled.kind !== 'map'
    ? labelled
    : map([...labelled.entries, ['external', scalar(true, external)], ['name', get(external, 'name')]], node);
}

function words(node: ComposeNode): ComposeNode {
  if (node.kind === 'list') {
    return list(node.items.map(asText), node);
  }
  const line = textOf(node);
  if (line === undefined) {
    return node;
  }
  const split = shellWords(line);
  if (split === undefined) {
    throw problem(node, 'A quote of the command is not closed.');
  }
  return list(split.map((word) => scalar(word, node)), node);
}

function healthTest(node: ComposeNode): ComposeNode {
  return node.kind === 'scalar' && node.value !== null ? list([scalar('CMD-SHELL', node), node], node) : node;
}

function build(node: ComposeNode): ComposeNode {
  const long = node.kind === 'scalar' ? map([['context', node]], node) : node;
  return withEntry(withEntry(withEntry(long, 'args', pairs), 'labels', pairs), 'additional_contexts', pairs);
}

/** `KEY=value` in a list; a key alone takes its value from the environment of the command. */
function pairs(node: ComposeNode): ComposeNode {
  if (node.kind !== 'list') {
    return node;
  }
  return map(
    node.items.map((item) => {
      const text = textOf(item) ?? '';
      const at = text.indexOf('=');
      return at < 0 ? [text, scalar(null, item)] : [text.slice(0, at), scalar(text.slice(at + 1), item)];
    }),
    node,
  );
}

/** `name:address` or `name=address`; an address can hold colons. */
function hosts(node: ComposeNode): ComposeNode {
  const found = new Map<string, ComposeNode[]>();
  const add = (name: string, address: ComposeNode) => found.set(name, [...found.get(name) ?? [], address]);
  if (node.kind === 'map') {
    for (const [name, value] of node.entries) {
      (value.kind === 'list' ? value.items : [value]).forEach((one) => add(name, one));
    }
  } else {
    for (const item of itemsOf(node)) {
      const text = textOf(item) ?? '';
      const at = text.search(/[=:]/);
      if (at < 1) {
        throw problem(item, 'An entry of "extra_hosts" must be "name:address".');
      }
      add(text.slice(0, at), scalar(text.slice(at + 1), item));
    }
  }
  return map([...found].map(([name, addresses]) => [name, list(addresses, addresses[0])]), node);
}

function dependencies(node: ComposeNode): ComposeNode {
  if (node.kind === 'list') {
    return map(node.items.map((item) => [textOf(item) ?? '', dependency(map([], item))]), node);
  }
  return eachEntry(node, dependency);
}

function dependency(node: ComposeNode): ComposeNode {
  return map(
    [
      ['condition', get(node, 'condition') ?? scalar('service_started', node)],
      ['required', get(node, 'required') ?? scalar(true, node)],
      ...entriesOf(node).filter(([key]) => key !== 'condition' && key !== 'required'),
    ],
    node,
  );
}

function envFiles(node: ComposeNode): ComposeNode {
  return list(
    (node.kind === 'list' ? node.items : [node]).map((item) =>
      item.kind === 'scalar' ? map([['path', item], ['required', scalar(true, item)]], item) : item),
    node,
  );
}

function grants(node: ComposeNode): ComposeNode {
  return list(itemsOf(node).map((item) => (item.kind === 'scalar' ? map([['source', item]], item) : item)), node);
}

function names(node: ComposeNode): ComposeNode {
  return node.kind === 'list' ? map(node.items.map((item) => [textOf(item) ?? '', scalar(null, item)]), node) : node;
}

/** `[[address:]published:]target[/protocol]`; a range is one entry for each port if both sides have as many. */
function port(node: ComposeNode): ComposeNode[] {
  const text = textOf(node);
  if (node.kind === 'map') {
    return [withDefault(withDefault(node, 'mode', 'ingress'), 'protocol', 'tcp')];
  }
  if (text === undefined || text === '') {
    throw problem(node, 'A port must be a number, a text or a mapping.');
  }
  const [ports, protocol = 'tcp'] = splitOutside(text, '/');
  const pieces = splitOutside(ports, ':');
  const target = pieces.at(-1) ?? '';
  const published = pieces.at(-2);
  const address = pieces.length > 2 ? pieces.slice(0, -2).join(':').replace(/^\[|\]$/g, '') : undefined;
  const targets = range(target);
  const outside = published === undefined || published === '' ? undefined : range(published);
  return targets.map((one, index) =>
    map(
      [
        ['mode', scalar('ingress', node)],
        ['host_ip', address === undefined || address === '' ? undefined : scalar(address, node)],
        ['target', scalar(/^\d+$/.test(one) ? Number(one) : one, node)],
        ['published', outside && scalar(outside.length === targets.length ? outside[index] : published ?? '', node)],
        ['protocol', scalar(protocol, node)],
      ],
      node,
    ));
}

function range(text: string): string[] {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  if (match === null) {
    return [text];
  }
  const [from, to] = [Number(match[1]), Number(match[2])];
  return to < from ? [text] : Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

/** `[source:]target[:options]`. */
function mount(node: ComposeNode): ComposeNode {
  const text = textOf(node);
  if (node.kind === 'map') {
    return node;
  }
  if (text === undefined || text === '') {
    throw problem(node, 'A mount must be a text or a mapping.');
  }
  const pieces = splitOutside(text, ':');
  if (pieces.length > 3) {
    throw problem(node, 'A mount must be "source:target" or "source:target:options".');
  }
  const [source, target, options = ''] = pieces.length === 1 ? [undefined, pieces[0]] : pieces;
  const flags = options.split(',');
  const isBind = source !== undefined && /^(\.|\/|~)/.test(withDefaults(source));
  const selinux = flags.find((flag) => flag === 'z' || flag === 'Z');
  const propagation = flags.find((flag) => /^r?(shared|slave|private)$/.test(flag));
  return map(
    [
      ['type', scalar(isBind ? 'bind' : 'volume', node)],
      ['source', source === undefined ? undefined : scalar(source, node)],
      ['target', scalar(target, node)],
      ['read_only', flags.includes('ro') ? scalar(true, node) : undefined],
      [
        'bind',
        isBind
          ? map(
            [
              ['propagation', propagation === undefined ? undefined : scalar(propagation, node)],
              ['create_host_path', scalar(true, node)],
              ['selinux', selinux === undefined ? undefined : scalar(selinux, node)],
            ],
            node,
          )
          : undefined,
      ],
      [
        'volume',
        isBind ? undefined : map([['nocopy', flags.includes('nocopy') ? scalar(true, node) : undefined]], node),
      ],
    ],
    node,
  );
}

function asList(node: ComposeNode): ComposeNode {
  return node.kind === 'scalar' && node.value !== null ? list([node], node) : node;
}

/** Numbers of a list of texts, as they were written. */
function asText(node: ComposeNode): ComposeNode {
  return node.kind === 'scalar' && typeof node.value !== 'string' && node.value !== null
    ? scalar(node.text, node)
    : node;
}

function withDefault(node: ComposeNode, key: string, value: string): ComposeNode {
  return get(node, key) === undefined ? map([...entriesOf(node), [key, scalar(value, node)]], node) : node;
}

function withEntry(node: ComposeNode, key: string, normalizer: Normalizer): ComposeNode {
  return node.kind === 'map'
    ? map([...node.entries].map(([name, value]) => [name, name === key ? keepTag(value, normalizer) : value]), node)
    : node;
}

function eachEntry(node: ComposeNode, normalizer: Normalizer): ComposeNode {
  return node.kind === 'map'
    ? map([...node.entries].map(([key, value]) => [key, keepTag(value, normalizer)]), node)
    : node;
}

function problem(node: ComposeNode, message: string): ComposeError {
  return new ComposeError([{ location: node.location, message }]);
}
