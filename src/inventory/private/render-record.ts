import { Plain, plainTree } from './plain-tree';
import { Report } from './report';
import { Sealed, SealedContent, sealOf } from './seal';
import { Tree } from './tree';
import { yamlText } from '../../util/yaml-text';
import { UnwritableRecordError } from '../unwritable-record-error';

/** The content of a record. Undefined properties are left out. */
type RecordContent = Readonly<Record<string, Plain | undefined>>;

export interface RecordFile {
  /** Lines of the comment on top. */
  readonly header: readonly string[];
  /** Where an editor finds the schema, relative to the file. */
  readonly schema?: string;
  /** Reports an invalid record and returns undefined. */
  readonly read: (tree: Tree, report: Report) => object | undefined;
}

/** A sealed record as YAML, after the very reader of such files has judged it. */
export function renderRecord<T extends SealedContent & RecordContent>(
  kind: Sealed,
  content: T,
  file: RecordFile,
): string {
  const sealed: RecordContent = { ...content, seal: sealOf(kind, content) };
  const report = new Report(kind);
  if (file.read(plainTree(sealed), report) === undefined) {
    throw new UnwritableRecordError(report.findings);
  }
  const comments = [
    ...(file.schema === undefined ? [] : [`yaml-language-server: $schema=${file.schema}`, '']),
    ...file.header,
  ];
  return `${comments.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${yamlText(sealed)}`;
}
