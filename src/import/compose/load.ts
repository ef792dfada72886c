import { readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { ComposeError } from './compose-error';
import { merge, withoutReset } from './merge';
import { ComposeNode, entriesOf, get, itemsOf, map, MapNode, textOf } from './node';
import { normalize } from './normalize';
import { parseCompose } from './parse';
import { rebase, rebaseService } from './rebase';
import { printable } from '../../util/printable';

/** A compose project as Compose sees it before variables are filled in. */
export interface ComposeProject {
  /** In long form, with every file, `include` and `extends` merged. Paths are relative to the first file's folder. */
  readonly document: MapNode;
  /** Every file that was read, relative to the root, in the order of reading. */
  readonly files: readonly string[];
}

/**
 * Reads compose files as Compose does: several files merged, `include` and `extends` resolved, anchors and short forms
 * expanded. Variables stay as they are written.
 *
 * @param files paths relative to the root; the first one's folder is the project's.
 * @param root no file outside of it is read.
 * @throws ComposeError with the place of each problem.
 */
export function loadCompose(files: readonly string[], root: string): ComposeProject {
  const loader = new Loader(root);
  const [first = ''] = files;
  const document = loader.project(files, posix.dirname(first), []);
  return { document, files: [...loader.read.keys()] };
}

class Loader {
  public readonly read = new Map<string, MapNode>();

  constructor(private readonly root: string) {
  }

  /** Merges the files of one project. */
  public project(files: readonly string[], folder: string, including: readonly string[]): MapNode {
    const documents = files.map((file) => rebase(this.file(file, []), folder, folder));
    const own = documents.reduce((base, over) => merge(base, over) as MapNode);
    const document = withoutReset(own) as MapNode;
    const included = itemsOf(get(document, 'include')).map((entry) =>
      this.include(entry, folder, [...including, ...files]));
    return withIncluded(document, included);
  }

  private include(entry: ComposeNode, folder: string, including: readonly string[]): MapNode {
    const path = get(entry, 'path') ?? entry;
    const paths = (path.kind === 'list' ? path.items : [path]).map((one) => this.within(one, folder));
    const repeated = paths.find((one) => including.includes(one));
    if (repeated !== undefined) {
      throw problem(entry, `"${printable(repeated)}" includes itself.`);
    }
    const directory = get(entry, 'project_directory');
    const itsFolder = directory === undefined ? posix.dirname(paths[0]) : this.within(directory, folder);
    return rebase(this.project(paths, itsFolder, including), itsFolder, folder);
  }

  /** A file in long form, with `extends` resolved. */
  private file(path: string, from: readonly string[]): MapNode {
    const document = this.document(path);
    const services = get(document, 'services');
    if (services?.kind !== 'map') {
      return document;
    }
    const resolved = [...services.entries].map(([name]) =>
      [name, this.service(path, name, services, from)] as const);
    return map([...document.entries, ['services', map(resolved, services)]], document);
  }

  private service(path: string, name: string, from: ComposeNode, chain: readonly string[]): ComposeNode {
    const here = `${path}#${name}`;
    const service = get(get(this.document(path), 'services'), name);
    if (service === undefined) {
      throw problem(from, `"${printable(path)}" has no service "${printable(name)}" to extend.`);
    }
    if (chain.includes(here)) {
      throw problem(service, `Service "${printable(name)}" extends itself.`);
    }
    const extension = get(service, 'extends');
    if (extension === undefined || service.kind !== 'map') {
      return service;
    }
    const other = get(extension, 'file');
    const file = other === undefined ? path : this.within(other, posix.dirname(path));
    const base = this.service(file, textOf(get(extension, 'service')) ?? '', extension, [...chain, here]);
    const moved = rebaseService(base, posix.dirname(file), posix.dirname(path));
    const own = map([...service.entries].filter(([key]) => key !== 'extends'), service);
    return merge(moved, own, 'services.x') ?? own;
  }

  private document(path: string): MapNode {
    const known = this.read.get(path);
    if (known !== undefined) {
      return known;
    }
    const documents = parseCompose(this.text(path), path).map(normalize);
    const document = documents.reduce((base, over) => merge(base, over) as MapNode);
    this.read.set(path, document);
    return document;
  }

  private text(path: string): string {
    try {
      const full = resolve(this.root, path);
      if (!statSync(full).isFile()) {
        throw new ComposeError([{ location: { file: path, line: 1 }, message: 'This is not a file.' }]);
      }
      return readFileSync(full, 'utf8');
    } catch (error) {
      if (error instanceof ComposeError) {
        throw error;
      }
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      throw new ComposeError([{ location: { file: path, line: 1 }, message: `The file cannot be read (${code}).` }]);
    }
  }

  /** A path that a file names, relative to the root. */
  private within(node: ComposeNode, folder: string): string {
    const text = textOf(node) ?? '';
    if (/^\w+:\/\/|^git@|^oci:/.test(text)) {
      throw problem(node, `"${printable(text)}" is remote. Copy it into the project and name the copy.`);
    }
    const path = posix.join(folder, text);
    if (text === '' || posix.isAbsolute(text) || path.startsWith('..')) {
      throw problem(
        node,
        `"${printable(text)}" is outside of the folder that is imported. Run the import from a folder above.`,
      );
    }
    return path;
  }
}

function withIncluded(document: MapNode, included: readonly MapNode[]): MapNode {
  const merged = new Map(document.entries);
  merged.delete('include');
  for (const one of included) {
    for (const [section, value] of one.entries) {
      const own = merged.get(section);
      if (section === 'name' || section === 'version' || value.kind !== 'map') {
        continue;
      }
      const twice = entriesOf(own).find(([key]) => value.entries.has(key));
      if (twice !== undefined) {
        throw problem(twice[1], `"${printable(twice[0])}" of "${section}" is in this file and in an included one.`);
      }
      merged.set(section, map([...value.entries, ...entriesOf(own)], own ?? value));
    }
  }
  return map(merged, document);
}

function problem(node: ComposeNode, message: string): ComposeError {
  return new ComposeError([{ location: node.location, message }]);
}
