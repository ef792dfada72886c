import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { semanticProblems } from './checks';
import { Manifest } from './manifest';
import { PositionedJson } from './position';
import { ManifestError } from './problem';
import { schemaProblems } from './schema';
import { newestForm } from './version';

/** A valid manifest and the digest of its policy. */
export interface LoadedManifest {
  readonly file: string;
  readonly manifest: Manifest;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** Warnings about a valid manifest, one line each. */
  readonly notices: readonly string[];
}

/** @throws ManifestError with every problem, each with its line, when the file cannot be the policy */
export function loadManifest(file: string): LoadedManifest {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new ManifestError(file, [
      `${file}: cannot be read (${code}); name a readable file with --manifest. Without a manifest no tool is allowed`,
    ]);
  }
  return parseManifest(bytes, file);
}

/** @throws ManifestError */
export function parseManifest(bytes: Uint8Array, file: string): LoadedManifest {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ManifestError(file, [`${file}: is not UTF-8 text; write it again as UTF-8`]);
  }
  if (text.trim() === '') {
    throw new ManifestError(file, [`${file}: is empty; without a manifest no tool is allowed`]);
  }
  const positions = new PositionedJson(file, text);
  if (positions.syntaxProblems.length > 0) {
    throw new ManifestError(file, positions.syntaxProblems);
  }
  const newest = newestForm(JSON.parse(text));
  if ('problem' in newest) {
    throw new ManifestError(file, [positions.describe(newest.problem)]);
  }
  const document = newest.document as Manifest;
  const fromSchema = schemaProblems(document);
  // the semantic checks rely on the shape, so they run only once it is valid
  const problems = fromSchema.length > 0 ? fromSchema : semanticProblems(document);
  if (problems.length > 0) {
    throw new ManifestError(file, problems.map((problem) => positions.describe(problem)));
  }
  const notices = newest.notice === undefined ? [] : [positions.describe(newest.notice)];
  return { file, manifest: document, digest: manifestDigest(document), notices };
}

/**
 * Names the policy in force: `sha256:` and the hash of the manifest in canonical form (RFC 8785: keys sorted, no white
 * space), so that two files with the same content have the same digest.
 */
export function manifestDigest(manifest: unknown): string {
  return `sha256:${createHash('sha256').update(canonical(manifest)).digest('hex')}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
