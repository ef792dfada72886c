import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { SourceLocation } from '../model/finding';

/** The output of an app that failed, shortened. */
export interface AppError {
  readonly message: string;
  readonly location?: SourceLocation;
}

const MAX_LINES = 12;
const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?((?:\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/;
/** A mistake in the syntax has no frame of its own: its place stands before the line that is shown. */
const HEADLINE = /^((?:\/|[A-Za-z]:\\).*):(\d+)$/;
const COMPILER = /^([^\s:][^:\n]*):(\d+):(\d+) error /m;

/**
 * The folder of this library's own modules; what is in it is never the user's code, save for a model that lies beside
 * them.
 */
const LIBRARY = resolve(__dirname, '..');
const PROGRAMS = resolve(LIBRARY, '..', 'bin');

/**
 * Finds in the output of a failed app what went wrong and where in the user's code.
 *
 * @param said what the app wrote to its standard error.
 * @param root the project's folder.
 */
export function explainAppError(said: string, root: string): AppError {
  const lines = said.split('\n').map((line) => line.replace(/\r$/, ''));
  const firstFrame = lines.findIndex((line) => /^\s+at /.test(line));
  if (firstFrame < 0) { return { message: tail(lines), location: compilerLocation(said) }; }
  const frames = lines.slice(firstFrame).map((line) => FRAME.exec(line));
  const frame = frames.find((match) => match && isUserCode(match[1], root));
  const location = frame
    ? { file: shown(frame[1], root), line: Number(frame[2]), column: Number(frame[3]) }
    : headlineLocation(lines.slice(0, firstFrame), root);
  return { message: messageBefore(lines, firstFrame), location };
}

/** Node prints the line of source with a caret first, then an empty line, the message and the frames. */
function messageBefore(lines: readonly string[], firstFrame: number): string {
  const before = lines.slice(0, firstFrame);
  const caret = lastIndex(before, /^\s*\^+\s*$/);
  const begin = caret < 0 ? lastIndex(before, /^(?:Uncaught )?\w*(?:Error|Exception)\b/) : caret + 1;
  return tail(before.slice(Math.max(0, begin)));
}

function lastIndex(lines: readonly string[], pattern: RegExp): number {
  return lines.reduce((found, line, index) => (pattern.test(line) ? index : found), -1);
}

function tail(lines: readonly string[]): string {
  const said = lines.join('\n').trim().split('\n').filter((line) => !/^Node\.js v\d/.test(line));
  const text = said.slice(-MAX_LINES).join('\n').trim();
  return text === '' ? 'It printed nothing.' : text;
}

function headlineLocation(lines: readonly string[], root: string): SourceLocation | undefined {
  const match = lines.map((line) => HEADLINE.exec(line)).find((found) => found && isUserCode(found[1], root));
  return match ? { file: shown(match[1], root), line: Number(match[2]) } : undefined;
}

function compilerLocation(said: string): SourceLocation | undefined {
  const match = COMPILER.exec(said);
  return match ? { file: match[1], line: Number(match[2]), column: Number(match[3]) } : undefined;
}

function isUserCode(file: string, root: string): boolean {
  if (file.includes(`${sep}node_modules${sep}`) || !isAbsolute(file) || !existsSync(file)) { return false; }
  return (!isBelow(file, LIBRARY) && !isBelow(file, PROGRAMS)) || shown(file, root) === 'src/main.ts';
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder + sep);
}

function shown(file: string, root: string): string {
  return isBelow(file, root) ? relative(root, file).split(sep).join('/') : file;
}
