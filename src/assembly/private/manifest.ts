import { createHash } from 'node:crypto';
import { KeptFile } from '../document';
import { pathProblem } from './output-path';
import { sortedBy } from '../../plan/collections';
import { provenanceSentence } from '../../plan/provenance';
import { OutputFile } from '../../plan/target-output';

export interface Manifest {
  /** SHA-256 digests by path. A path has two after an interrupted run or a merge conflict: either may be in place. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** False when the file was lost or damaged (a merge conflict, say); entries then hold what could still be read. */
  readonly whole: boolean;
  /** True while a run replaces files, and after it was interrupted. */
  readonly incomplete: boolean;
}

const ENTRY_LINE = /^\s*("(?:[^"\\]|\\.)*"): "([0-9a-f]{64})",?\s*$/;
const INCOMPLETE_LINE = /^\s*"incomplete": true,\s*$/m;

/**
 * Renders the manifest: the generated files, and those that stay from an earlier approval.
 *
 * @param before files that are about to be replaced or removed, with their digests; marks the manifest as incomplete.
 */
export function renderManifest(
  source: string,
  files: readonly OutputFile[],
  kept: readonly KeptFile[] = [],
  before?: ReadonlyMap<string, string>,
): string {
  const after = [
    ...files.map(({ path, content }): [string, string] => [path, sha256(content)]),
    ...kept.map(({ path, digest }): [string, string] => [path, digest.slice('sha256:'.length)]),
  ];
  const comment = `  "$comment": ${JSON.stringify(provenanceSentence({ source }))},\n`;
  const interrupted = before === undefined ? '' : `  "incomplete": true,\n  "before": ${renderEntries(before)},\n`;
  return `{\n${comment}${interrupted}  "files": ${renderEntries(after)}\n}\n`;
}

function renderEntries(entries: Iterable<[string, string]>): string {
  const lines = sortedBy([...entries], ([path]) => path).map(([path, hex]) => `    ${JSON.stringify(path)}: "${hex}"`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

/** Reads as much of a manifest as can be read; undefined stands for a missing file. */
export function parseManifest(text: string | undefined): Manifest {
  const entries = new Map<string, readonly string[]>();
  // Line by line and not as JSON: both sides of a merge conflict are ours.
  for (const line of text?.split('\n') ?? []) {
    const match = ENTRY_LINE.exec(line);
    const path = match && parseString(match[1]);
    if (match && typeof path === 'string' && pathProblem(path) === undefined) {
      entries.set(path, [...entries.get(path) ?? [], match[2]]);
    }
  }
  return { entries, whole: isJsonObject(text), incomplete: INCOMPLETE_LINE.test(text ?? '') };
}

/** SHA-256 as hexadecimal digits. */
export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isJsonObject(text: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
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
