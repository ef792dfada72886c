import { writeFileSync } from 'node:fs';
import { Finding } from '../model/finding';
import { OutputFile } from '../plan/output-file';

/** Name of the environment variable in which the CLI passes the file to write the document to. */
export const DOCUMENT_VARIABLE = 'TOOLBOX_ASSEMBLY';

/** What a model hands to the CLI: one JSON document, so that a model in another language works the same. */
export interface SynthDocument {
  readonly schemaVersion: 1;
  /** The file that describes the model; relative to the project's folder, with forward slashes. */
  readonly source: string;
  /** Where the model expects its files to be: mounts and commands in them depend on it. As `source`. */
  readonly outdir: string;
  /** The model, resolved to plain data. Only `toolbox plan` looks into it. */
  readonly plan: unknown;
  /** Everything that is wrong, waived or not. */
  readonly findings: readonly Finding[];
  /** Empty when a finding is an error. */
  readonly files: readonly OutputFile[];
}

/**
 * Hands the result of a synthesis to the CLI.
 *
 * @param file the value of the environment variable `TOOLBOX_ASSEMBLY`.
 * @param document the result.
 * @throws when the file is there already: an app describes one toolbox.
 */
export function writeDocument(file: string, document: SynthDocument): void {
  try {
    writeFileSync(file, JSON.stringify(document), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new Error('synth() was called twice: an app describes one toolbox. Keep one call, at the end of the app.');
    }
    throw error;
  }
}
