import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../util/system-error';
import { filesBelow, look } from './private/look';
import { hasProvenance, isNeverOurs } from './private/ownership';

/** A generated file is never as big. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads the generated files in the output folder, by path: those that the model generates, even if they were changed,
 * and those with the generator's header. Follows no symbolic link.
 *
 * @param outdir the output folder.
 * @param expected paths of the files that the model generates.
 */
export function readOutput(outdir: string, expected: ReadonlySet<string>): Map<string, string> {
  const texts = new Map<string, string>();
  if (look(outdir).kind !== 'directory') { return texts; }
  for (const path of [...filesBelow(outdir, '', isNeverOurs)].sort()) {
    const text = textAt(join(outdir, path));
    if (text !== undefined && (expected.has(path) || hasProvenance(text))) { texts.set(path, text); }
  }
  return texts;
}

/** Returns undefined if it is not a file, too big, or unreadable: the comparison of bytes reports that. */
function textAt(path: string): string | undefined {
  try {
    const { kind, stats } = look(path);
    return kind === 'file' && stats!.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) { throw error; }
    return undefined;
  }
}
