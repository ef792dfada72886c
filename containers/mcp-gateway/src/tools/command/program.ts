import { accessSync, constants } from 'node:fs';

/** What may follow an option: nothing, a whole number, one of a few words, or text that the predicate accepts. */
export type OptionValue = 'none' | 'number' | readonly string[] | ((text: string) => boolean);

/** What a program's arguments may be. Anything else is refused when the gateway starts. */
export interface Grammar {
  /** Exact names; abbreviations and joined short options are not known. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /**
   * The first operand is a pattern, given to the program behind this option so that it can never be read as one itself.
   */
  readonly pattern?: '-e';
  /** Operands before `--` are revisions, for git. */
  readonly revisions?: boolean;
  readonly minFiles: number;
  readonly maxFiles: number;
  /** Options of which one must be there. */
  readonly needs?: readonly string[];
  /** Given at every call, before anything else. */
  readonly always: readonly string[];
}

/** A program the gateway can run on files that it has opened. */
export interface Program extends Grammar {
  readonly name: string;
  /** Exit codes that are answers, not errors: 1 of grep is "no match". */
  readonly answers: readonly number[];
}

/** Where programs are looked for: never in PATH, which others may set. */
const PROGRAM_FOLDERS = ['/usr/bin', '/bin', '/usr/local/bin'];

/** The absolute path of a program; undefined when this image does not have it. */
export function locate(name: string): string | undefined {
  return PROGRAM_FOLDERS.map((folder) => `${folder}/${name}`).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const anyText = (): boolean => true;
