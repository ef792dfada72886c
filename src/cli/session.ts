import { Arguments, OptionSpec } from './arguments';
import { formatFindings } from './format-findings';
import { ExitCode, Terminal } from './terminal';
import { judgeOutdir, ProjectFile, readProjectFile } from '../app/project-file';
import { runApp } from '../app/run-app';
import { LastWords } from '../app/watchdog';
import { SynthDocument, SynthRequest } from '../assembly/document';
import { Failure } from '../model/failure';
import { Finding } from '../model/finding';
import { hasErrors } from '../model/rule-facts';
import { UsageError } from '../util/errors';
import { escapedJson } from '../util/printable';

const TIMEOUT_SECONDS = 300;

/** Options of the commands that run the app. */
export const APP_OPTIONS = {
  timeout: { type: 'string', help: `Timeout of the app in SECONDS (default: ${TIMEOUT_SECONDS})` },
} satisfies Record<string, OptionSpec>;

/** A model that was run, with its findings. */
export interface Session {
  readonly project: ProjectFile;
  /** Undefined if the app gave no valid document. */
  readonly document: SynthDocument | undefined;
  readonly findings: readonly Finding[];
  /** Whether the files may be written or compared. */
  readonly usable: boolean;
}

export interface SessionOptions {
  /**
   * The parts of the model that the command needs.
   *
   * @default 'files'
   */
  readonly request?: SynthRequest;
  /** Called while the app runs, to load modules in the meantime. */
  readonly meanwhile?: () => void;
}

/** Runs the project's app. */
export async function openSession(
  args: Arguments,
  terminal: Terminal,
  options: SessionOptions = {},
): Promise<Session | Failure> {
  const timeoutSeconds = readTimeout(args.timeout);
  try {
    const project = readProjectFile(process.cwd());
    const lastWords = (failure: Failure) => failureText(failure, args, terminal);
    const { document, findings } = await runApp(
      project,
      { timeoutSeconds, verbose: args.verbose === true, lastWords, ...options },
      terminal.err,
    );
    const all = [
      ...(document?.findings ?? []),
      ...findings,
      ...(document === undefined ? [] : judgeOutdir(project, document.outdir)),
    ];
    return { project, document, findings: all, usable: document !== undefined && !hasErrors(all) };
  } catch (error) {
    if (error instanceof Failure) {
      return error;
    }
    throw error;
  }
}

function readTimeout(text: string | boolean | undefined): number {
  if (text === undefined) { return TIMEOUT_SECONDS; }
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new UsageError(`--timeout must be a number of seconds up to one day, not "${text}".`);
  }
  return seconds;
}

/** Prints findings for people to stderr. */
export function printFindings(findings: readonly Finding[], args: Arguments, terminal: Terminal): void {
  const shown = args.quiet ? findings.filter((finding) => finding.waived === undefined) : findings;
  terminal.err(formatFindings(shown, { color: terminal.errColor, waived: args.verbose === true }));
}

export function printJson(value: object, terminal: Terminal): void {
  terminal.out(jsonText(value));
}

function jsonText(value: object): string {
  return `${escapedJson(JSON.stringify(value, undefined, 2))}\n`;
}

/** Reports a failure of the app and returns the exit code. */
export function reportFailure(failure: Failure, args: Arguments, terminal: Terminal): ExitCode {
  const { fd, text } = failureText(failure, args, terminal);
  (fd === 1 ? terminal.out : terminal.err)(text);
  return ExitCode.FINDINGS;
}

function failureText({ findings }: Failure, args: Arguments, terminal: Terminal): LastWords {
  return args.json
    ? { fd: 1, text: jsonText({ findings }) }
    : { fd: 2, text: formatFindings(findings, { color: terminal.errColor }) };
}
