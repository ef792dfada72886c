import { writeFileSync } from 'node:fs';
import { Finding, SourceLocation } from '../model/finding';
import { OutputFile } from '../plan/target-output';

/** Name of the environment variable in which the CLI passes the file to write the document to. */
export const DOCUMENT_VARIABLE = 'TOOLBOX_ASSEMBLY';

/** Name of the environment variable in which the CLI says what it needs; the files, when it is not set. */
export const REQUEST_VARIABLE = 'TOOLBOX_REQUEST';

/**
 * The part of a synthesis that a command needs, to save the time for the rest: the generated files, those files as they
 * are once approved, the plan alone, or the plan with the place where each construct was written.
 */
export type SynthRequest = 'files' | 'approved-files' | 'plan' | 'sources';

/** A file that is not generated and belongs into the output folder as it is. */
export interface KeptFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** The result that a model passes to the CLI: one JSON document, so that models in other languages work the same. */
export interface SynthDocument {
  readonly schemaVersion: 1;
  /** The file that describes the model; relative to the project's folder, with forward slashes. */
  readonly source: string;
  /** Where the model expects its files to be: mounts and commands in them depend on it. As `source`. */
  readonly outdir: string;
  /** The model, resolved to plain data. */
  readonly plan: unknown;
  /** Where each construct was written, by construct path; only when asked for. */
  readonly sources?: Readonly<Record<string, SourceLocation>>;
  /** All findings, including waived ones. */
  readonly findings: readonly Finding[];
  /** Empty when a finding is an error, and when only the plan was asked for. */
  readonly files: readonly OutputFile[];
  /** Files that were approved earlier and stay as they are beside a draft; sorted by path. */
  readonly kept?: readonly KeptFile[];
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
