import type * as Yaml from 'yaml';
import { UsageError } from '../util/usage-error';

/** Way from the root of a document to a place in it. */
export type Steps = readonly (string | number | undefined)[];

/** The scalar at a place of one document; undefined when there is none. */
export type ValueAt = (steps: Steps) => unknown;

/** A place in a YAML file. */
export interface YamlPlace {
  readonly steps: Steps;
  /** First line is 1. */
  readonly line: number;
  readonly valueAt: ValueAt;
}

type Node = Yaml.ParsedNode | null;
type Document = Yaml.Document.Parsed;

/** A YAML file, to be asked what is where. Nothing is resolved or expanded: a hostile file costs what its size says. */
export class YamlFile {
  private readonly documents: readonly Document[];
  private readonly lines: Yaml.LineCounter;
  private readonly yaml: typeof Yaml;

  /** @throws UsageError when it is no YAML. */
  constructor(private readonly label: string, private readonly text: string) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded for those who ask for a place in YAML
    this.yaml = require('yaml') as typeof Yaml;
    this.lines = new this.yaml.LineCounter();
    const parsed = this.yaml.parseAllDocuments(text, {
      lineCounter: this.lines,
      logLevel: 'silent',
      uniqueKeys: false,
    });
    this.documents = Array.isArray(parsed) ? parsed as Document[] : [];
    const [error] = this.documents.flatMap(({ errors }) => errors);
    if (error !== undefined) {
      throw new UsageError(
        `${label} is no YAML in line ${this.lineOf(error.pos[0])}. "npx toolbox-constructs synth" writes it again.`,
      );
    }
  }

  /**
   * What stands in a line.
   *
   * @throws UsageError for a line that is not there, a comment and an empty line.
   */
  public atLine(line: number): YamlPlace {
    const source = this.text.split('\n');
    const count = source.length - (this.text.endsWith('\n') ? 1 : 0);
    if (line < 1 || line > count) { throw new UsageError(`${this.label} has ${count} lines, and no line ${line}.`); }
    const said = source[line - 1].trim();
    const isBreak = said === '---';
    const document = this.documents.find(({ contents }) => contents !== null && this.lastLine(contents) >= line);
    const steps = document === undefined || isBreak ? [] : this.stepsTo(document.contents as Node, line);
    if (said === '' && !this.isInText(document, steps)) {
      throw new UsageError(`Line ${line} of ${this.label} is empty.`);
    }
    if (said.startsWith('#') && !this.isInText(document, steps)) {
      throw new UsageError(`Line ${line} of ${this.label} is a comment: no construct is behind it.`);
    }
    if (document === undefined) { throw new UsageError(`Line ${line} of ${this.label} holds nothing.`); }
    return { steps, line, valueAt: valueIn(document) };
  }

  /**
   * Where a path leads to, in the document that fits.
   *
   * @throws UsageError when there is nothing, with what is near.
   */
  public atPath(path: string, fits: (valueAt: ValueAt) => boolean = () => true): YamlPlace {
    const document = this.documents.find((one) => fits(valueIn(one)));
    if (document === undefined) { throw new UsageError(`${this.label} has no such object.`); }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded for those who ask by path
    const { walk } = require('./yaml-path') as typeof import('./yaml-path');
    const { steps, offset } = walk(this.yaml, document.contents as Node, path, this.label);
    return { steps, line: this.lineOf(offset), valueAt: valueIn(document) };
  }

  /** Every document, by what can be asked of it. */
  public get objects(): ValueAt[] {
    return this.documents.map(valueIn);
  }

  private stepsTo(node: Node, line: number): (string | number)[] {
    if (this.yaml.isMap<Yaml.ParsedNode, Node>(node)) {
      const last = ({ key, value }: Yaml.Pair<Yaml.ParsedNode, Node>) =>
        Math.max(this.lastLine(key), this.lastLine(value));
      const pair = node.items.find((one) => this.lineOf(one.key.range[0]) <= line && line <= last(one));
      return pair === undefined ? [] : [keyOf(pair.key), ...this.stepsTo(pair.value, line)];
    }
    if (this.yaml.isSeq<Yaml.ParsedNode>(node)) {
      const index = node.items.findIndex((item) => this.lineOf(item.range[0]) <= line && line <= this.lastLine(item));
      return index < 0 ? [] : [index, ...this.stepsTo(node.items[index], line)];
    }
    return [];
  }

  /** In a text of several lines what looks like a comment is none. */
  private isInText(document: Document | undefined, steps: Steps): boolean {
    const node: unknown = document?.getIn(steps, true);
    return (
      steps.length > 0 && this.yaml.isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
    );
  }

  private lineOf(offset: number): number {
    return Math.max(1, this.lines.linePos(offset).line);
  }

  /** The range of a text of several lines ends at the beginning of the next one. */
  private lastLine(node: Node): number {
    return node === null ? 0 : this.lineOf(Math.max(node.range[0], node.range[1] - 1));
  }
}

function keyOf(key: Yaml.ParsedNode): string {
  return String((key as Yaml.Scalar).value);
}

function valueIn(document: Document): ValueAt {
  return (steps) => {
    const value: unknown = document.getIn(steps.filter((step) => step !== undefined));
    return typeof value === 'object' ? undefined : value;
  };
}
