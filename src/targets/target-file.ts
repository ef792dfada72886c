import { Origin, originAt } from './origin';
import { OutputFile } from '../plan/target-output';
import { Step, yamlLines, YamlStyle, yamlText, YamlValue } from '../util/yaml-text';

/** A generated file before it is text. */
export interface TargetFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** Comment lines above the content. */
  readonly header: string;
  readonly parts: readonly FilePart[];
}

/** A YAML document, or text that has one origin. */
export type FilePart =
  | { readonly kind: 'yaml'; readonly document: YamlDocument; readonly style: YamlStyle }
  | {
    readonly kind: 'text';
    readonly text: string;
    readonly origin: () => Origin | undefined;
    readonly path?: readonly Step[];
  };

export interface YamlDocument {
  readonly [key: string]: YamlValue | undefined;
}

/** A line of a generated file, and what is behind it. */
export interface MappedLine {
  readonly text: string;
  /** The document that the line is part of; undefined outside of YAML. */
  readonly document?: YamlDocument;
  /** Path in the document, or the key of an env file; empty for other text. */
  readonly path: readonly Step[];
  /** Undefined for a comment above the content, and an empty line of a page. */
  readonly origin?: Origin;
}

const SEPARATOR = '---';

/** Writes a file. */
export function outputFile({ path, header, parts }: TargetFile): OutputFile {
  return { path, content: header + parts.map((part, index) => separator(parts, index) + partText(part)).join('') };
}

/** Maps every line of a file to its origin. Costs as much as writing the file, so only lookups ask for it. */
export function sourceMap({ header, parts }: TargetFile): MappedLine[] {
  return [
    ...linesOf(header).map((text) => ({ text, path: [] })),
    ...parts.flatMap((part, index) => {
      const lines = mapped(part);
      return [...linesOf(separator(parts, index)).map((text) => ({ ...lines[0], text, path: [] })), ...lines];
    }),
  ];
}

function partText(part: FilePart): string {
  return part.kind === 'text' ? part.text : yamlText(part.document, part.style);
}

function separator(parts: readonly FilePart[], index: number): string {
  return index > 0 && parts[index].kind === 'yaml' ? `${SEPARATOR}\n` : '';
}

function mapped(part: FilePart): MappedLine[] {
  if (part.kind === 'text') {
    const origin = part.origin();
    return linesOf(part.text).map((text) => ({ text, path: part.path ?? [], origin }));
  }
  const { document, style } = part;
  return yamlLines(document, style).map(({ text, path }) => ({
    text, document, path, origin: originAt(document, path),
  }));
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Text as lines of a comment that begins with `#`, in YAML and env files: nothing in it can end the comment. */
export function hashComment(text: string): string {
  return text.split(/[\n\r\v\f\x85\u2028\u2029]+/).map((line) => `# ${line}`.trimEnd()).join('\n');
}
