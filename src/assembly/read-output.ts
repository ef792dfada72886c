import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../util/system-error';
import { filesBelow, look } from './private/look';
import { hasProvenance } from './private/provenance';
import { isNeverOurs } from './private/reserved';

/** A generated file is never as big. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The generated files as they lie in the output folder, by path: those that are due, whatever became of them, and those
 * that say of themselves that they are generated. Reads only, and follows no symbolic link.
 *
 * @param outdir the output folder.
 * @param due paths of the files that the model gives.
 */
export function readOutput(outdir: string, due: ReadonlySet<string>): Map<string, string> {
  const texts = new Map<string, string>();
  if (look(outdir).kind !== 'directory') { return texts; }
  for (const path of [...filesBelow(outdir, '', isNeverOurs)].sort()) {
    const text = textAt(join(outdir, path));
    if (text !== undefined && (due.has(path) || hasProvenance(text))) { texts.set(path, text); }
  }
  return texts;
}

/** Undefined for what is no file, is too big, or cannot be read: who compares bytes tells that. */
function textAt(path: string): string | undefined {
  try {
    const { kind, stats } = look(path);
    return kind === 'file' && stats!.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) { throw error; }
    return undefined;
  }
}
