import type * as Yaml from 'yaml';
import { ComposeError } from './compose-error';
import { ComposeNode, MapNode, MergeTag } from './node';
import { SourceLocation } from '../../model/finding';
import { lazy } from '../../util/lazy';

const yaml = lazy(() => require('yaml') as typeof Yaml);

/** Largest file, in characters: the largest public compose files have 40,000. */
const MAX_TEXT = 2_000_000;
/** Most values after aliases are resolved: a few lines of nested aliases can stand for billions. */
const MAX_NODES = 100_000;
const MAX_DEPTH = 64;
const MERGE_KEY = '<<';
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Parses a compose file. Aliases and merge keys are resolved, tags of Compose are kept.
 *
 * @returns the documents of the file, in order; Compose merges them.
 * @throws ComposeError with every mistake of the syntax.
 */
export function parseCompose(text: string, file: string): MapNode[] {
  if (text.length > MAX_TEXT) {
    throw new ComposeError([
      { location: { file, line: 1 }, message: `The file has more than ${MAX_TEXT} characters.` },
    ]);
  }
  const { LineCounter, parseAllDocuments } = yaml();
  const lines = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ''), {
    version: '1.2',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const errors = [...documents].flatMap((document) => document.errors);
  if (errors.length > 0) {
    throw new ComposeError(errors.map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { location: { file, line, column: col }, message: `${message.split('\n')[0]}.`.replace(/\.\.$/, '.') };
    }));
  }
  return [...documents].map((document) => new Reader(document, file, lines).read());
}

class Reader {
  private nodes = 0;

  constructor(
    private readonly document: Yaml.Document.Parsed,
    private readonly file: string,
    private readonly lines: Yaml.LineCounter,
  ) {
  }

  public read(): MapNode {
    const contents = this.document.contents;
    const root = contents === null ? undefined : this.node(contents, 0);
    if (root?.kind !== 'map') {
      throw this.error(contents, 'The file must be a mapping with "services".');
    }
    return root;
  }

  private node(node: Yaml.Node | null | undefined, depth: number, comment?: string): ComposeNode {
    const { isAlias, isMap, isSeq, isScalar } = yaml();
    if (++this.nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw this.error(
        node,
        `The file has more than ${MAX_NODES} values or ${MAX_DEPTH} levels once its aliases are resolved.`,
      );
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) {
        throw this.error(node, `There is no anchor "${node.source}" before this alias.`);
      }
      return this.node(target, depth + 1, comment);
    }
    const place = this.placeOf(node, comment);
    if (isMap(node)) {
      return { kind: 'map', entries: this.entries(node, depth), ...place };
    }
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((item) => this.node(item as Yaml.Node, depth + 1)), ...place };
    }
    if (!isScalar(node)) {
      return { kind: 'scalar', value: null, text: '', ...place };
    }
    return { kind: 'scalar', ...this.scalar(node), ...place };
  }

  private scalar(node: Yaml.Scalar): { value: string | number | boolean | null; text: string } {
    const { value } = node;
    if (typeof value === 'string' && CONTROL.test(value)) {
      throw this.error(node, 'The text has a control character.');
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
      const text = typeof value === 'string' ? value : node.source ?? String(value ?? '');
      return { value, text };
    }
    throw this.error(node, 'The value is neither a text, a number nor a flag.');
  }

  /** Own keys win over those of merge keys, and the first of several merged mappings over the next. */
  private entries(node: Yaml.YAMLMap, depth: number): Map<string, ComposeNode> {
    const { isMap, isScalar, isSeq, isAlias } = yaml();
    const own = new Map<string, ComposeNode>();
    const merged: MapNode[] = [];
    for (const [index, { key, value }] of node.items.entries()) {
      const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
      if (name === undefined || CONTROL.test(name)) {
        throw this.error((key as Yaml.Node | null) ?? node, 'A key must be a plain text.');
      }
      if (name !== MERGE_KEY) {
        const comment = (key as Yaml.Scalar).commentBefore ?? (index === 0 ? node.commentBefore : undefined);
        const read = this.node(value as Yaml.Node, depth + 1, comment ?? undefined);
        // people look for a mapping where its key is
        own.set(name, read.kind === 'scalar' ? read : { ...read, location: this.locationOf(key as Yaml.Scalar) });
        continue;
      }
      const source = isAlias(value) ? value.resolve(this.document) : value;
      for (const one of isSeq(source) ? source.items : [source]) {
        const read = this.node(one as Yaml.Node, depth + 1);
        if (read.kind !== 'map') {
          throw this.error((isMap(one) ? one : (value as Yaml.Node)) ?? node, 'Only mappings can be merged with "<<".');
        }
        merged.push(read);
      }
    }
    for (const { entries } of merged) {
      for (const [name, value] of entries) {
        if (!own.has(name)) {
          own.set(name, value);
        }
      }
    }
    return own;
  }

  private placeOf(node: Yaml.Node | null | undefined, comment: string | undefined) {
    const text = comment ?? node?.commentBefore ?? undefined;
    const tag = node?.tag === '!reset' || node?.tag === '!override' ? node.tag as MergeTag : undefined;
    return {
      location: this.locationOf(node),
      ...text === undefined || text === null ? {} : { comment: text },
      ...tag === undefined ? {} : { tag },
    };
  }

  private locationOf(node: Yaml.Node | null | undefined): SourceLocation {
    if (!node?.range) {
      return { file: this.file, line: 1 };
    }
    const { line, col } = this.lines.linePos(node.range[0]);
    return { file: this.file, line, column: col };
  }

  private error(node: Yaml.Node | null | undefined, message: string): ComposeError {
    return new ComposeError([{ location: this.locationOf(node), message }]);
  }
}
