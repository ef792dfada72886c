import * as path from 'node:path';
import { SourceLocation } from './finding';

const STACK = Symbol.for('toolbox-constructs.stack');
const MAP_POSITION = Symbol.for('toolbox-constructs.mapPosition');

/** `at NAME (FILE:LINE:COLUMN)` or `at FILE:LINE:COLUMN`, where the file is an absolute path or a URL of one. */
const FRAME = /(?:^at (?:async )?|\()((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

/** Ends a frame of evaluated code: what comes before it is the place that evaluates. */
const EVALUATED = /, <anonymous>:\d+:\d+\)$/;

/** Offered by the loader of TypeScript. */
type MapPosition = (file: string, line: number, column: number) => { readonly line: number } | undefined;

/** Rooms of this library: a frame in one of them is never the user's code. */
const ROOMS = [
  'app',
  'assembly',
  'cli',
  'diff',
  'doctor',
  'explain',
  'inventory',
  'model',
  'plan',
  'project',
  'registry',
  'rules',
  'services',
  'targets',
  'util',
  'verify',
].map((room) => path.resolve(__dirname, '..', room) + path.sep);

/**
 * Remembers where something was written. V8 keeps the frames as they are and makes text of them only when someone
 * asks, so that a model without findings pays next to nothing.
 */
export function recordSource(target: object): void {
  const holder = {};
  Error.captureStackTrace(holder, recordSource);
  Object.defineProperty(target, STACK, { value: holder, enumerable: false, configurable: true });
}

/** Where in the user's code the thing was written; undefined when that is not known. */
export function sourceOf(target: object): SourceLocation | undefined {
  const holder = (target as { [STACK]?: { stack?: string } })[STACK];
  return holder?.stack === undefined ? undefined : firstUserFrame(holder.stack);
}

/** The first frame of a stack's text that is neither this library's, a dependency's nor Node's. */
export function firstUserFrame(stack: string): SourceLocation | undefined {
  for (const line of stack.split('\n')) {
    const match = FRAME.exec(line.trim().replace(EVALUATED, ''));
    if (match && isUserFile(match[1])) {
      return locate(match[1], Number(match[2]), Number(match[3]));
    }
  }
  return undefined;
}

function isUserFile(text: string): boolean {
  const file = plainPath(text);
  return path.isAbsolute(file)
    && !file.includes(`${path.sep}node_modules${path.sep}`)
    && !ROOMS.some((room) => file.startsWith(room));
}

function plainPath(text: string): string {
  return text.replace(/^file:\/\//, '');
}

function locate(text: string, line: number, column: number): SourceLocation {
  const file = plainPath(text);
  const mapped = (globalThis as { [MAP_POSITION]?: MapPosition })[MAP_POSITION]?.(file, line, column);
  return { file: path.relative(process.cwd(), file).split(path.sep).join('/'), line: mapped?.line ?? line };
}
