import { createHash } from 'node:crypto';
import { KeptFile } from '../document';
import { pathProblem } from './output-path';
import { sortedBy } from '../../plan/order';
import { OutputFile } from '../../plan/output-file';
import { provenanceSentence } from '../../plan/provenance';

/** What the last run wrote: path to SHA-256 of its bytes. */
export type Entries = ReadonlyMap<string, string>;

export interface Manifest {
  readonly entries: Entries;
  /** False when the file was lost or damaged (a merge conflict, say); entries then hold what could still be read. */
  readonly whole: boolean;
}

const ENTRY_LINE = /^\s*("(?:[^"\\]|\\.)*"): "([0-9a-f]{64})",?\s*$/;

/** The manifest as text: what is generated, and what stays of an earlier approval. */
export function renderManifest(source: string, files: readonly OutputFile[], kept: readonly KeptFile[] = []): string {
  const all = [
    ...files.map((file) => ({ path: file.path, hex: sha256(file.content) })),
    ...kept.map(({ path, digest }) => ({ path, hex: digest.slice('sha256:'.length) })),
  ];
  const lines = sortedBy(all, ({ path }) => path).map(({ path, hex }) => `    ${JSON.stringify(path)}: "${hex}"`);
  const entries = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "$comment": ${JSON.stringify(provenanceSentence({ source }))},\n  "files": ${entries}\n}\n`;
}

/** Reads a manifest, as far as it can be read; undefined stands for a file that is not there. */
export function parseManifest(text: string | undefined): Manifest {
  if (text === undefined) { return { entries: new Map(), whole: false }; }
  const whole = isJsonObject(text);
  const entries = new Map<string, string>();
  // line by line and not as JSON: both sides of a merge conflict are ours
  for (const line of text.split('\n')) {
    const match = ENTRY_LINE.exec(line);
    const path = match && parseString(match[1]);
    if (match && typeof path === 'string' && pathProblem(path) === undefined) { entries.set(path, match[2]); }
  }
  return { entries, whole };
}

/** SHA-256 as hexadecimal digits. */
export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'files' in value;
  } catch {
    return false;
  }
}

function parseString(literal: string): unknown {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}
