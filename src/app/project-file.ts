import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { splitWords } from './split-words';
import { Failure } from '../model/failure';
import { Finding, SourceLocation } from '../model/finding';
import { appFinding } from '../rules/reported/app';
import { didYouMean } from '../util/nearest';
import { systemReason } from '../util/system-error';
import { UsageError } from '../util/usage-error';

const NAME = 'toolbox.json';
const KEYS = ['$schema', 'app', 'outdir'];

/** What `toolbox.json` says. */
export interface ProjectFile {
  /** The folder it is in: the app runs there. */
  readonly root: string;
  /** The app's command, split into words; at least one. */
  readonly app: readonly string[];
  /** Where the file says so. */
  readonly appAt: SourceLocation;
  /** Relative to the folder, with forward slashes. */
  readonly outdir: string;
  /** Where the file says so. */
  readonly outdirAt: SourceLocation;
}

/**
 * Reads the project's file from a folder or the nearest one above it that has one.
 *
 * @throws UsageError when there is none.
 * @throws Failure when it says something that cannot be used.
 */
export function readProjectFile(from: string): ProjectFile {
  const root = findRoot(from);
  const text = readText(join(root, NAME));
  const value = parse(text);
  const problems: Finding[] = [];
  const refuse = (key: string, message: string) => void problems.push(refusal(message, lineOf(text, key)));
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) { refuse(key, `has the unknown key "${key}".${didYouMean(key, KEYS)}`); }
  }
  const app = appOf(value.app, (message) => refuse('app', message));
  const outdir = outdirOf(value.outdir, (message) => refuse('outdir', message));
  if (problems.length > 0) { throw new Failure(...problems); }
  const [appAt, outdirAt] = ['app', 'outdir'].map((key) => ({ file: NAME, ...lineOf(text, key) }));
  return { root, app, appAt, outdir, outdirAt };
}

/** What is wrong when the model's files are made for another folder than the one they would go to. */
export function judgeOutdir({ outdir, outdirAt }: ProjectFile, modelled: string): Finding[] {
  if (modelled === outdir) { return []; }
  const message = `${NAME} has the "outdir" ${JSON.stringify(outdir)}, and the toolbox has ${JSON.stringify(modelled)}: paths in the files would be wrong.`;
  return [
    appFinding('project-file', message, {
      location: outdirAt,
      fix: 'Give the toolbox in the model and toolbox.json the same outdir.',
    }),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new Failure(refusal(`cannot be read: ${systemReason(error) ?? 'it is no text'}.`, { line: 1 }));
  }
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, NAME))) { return folder; }
    if (dirname(folder) === folder) {
      throw new UsageError(
        `no ${NAME} in "${from}" or above it. It names the app: { "app": "node app.js", "outdir": "dist" }`,
      );
    }
  }
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(refusal(`is not JSON: ${(error as Error).message}.`, positionOf(text, error as Error)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure(refusal('is not a JSON object.', { line: 1 }));
  }
  return value as Record<string, unknown>;
}

type Refuse = (message: string) => void;

function appOf(app: unknown, refuse: Refuse): readonly string[] {
  if (typeof app !== 'string' || app.trim() === '') {
    refuse('needs "app", the command that runs the model.');
    return [];
  }
  const words = splitWords(app);
  if (typeof words !== 'string') { return words; }
  refuse(`has an "app" that cannot be run: ${words}.`);
  return [];
}

function outdirOf(outdir: unknown, refuse: Refuse): string {
  if (typeof outdir !== 'string' || outdir === '') {
    refuse('needs "outdir", the folder for the generated files.');
    return '';
  }
  const parts = outdir.split(/[\\/]/);
  if (/^(?:[\\/]|[A-Za-z]:)/.test(outdir) || parts.includes('..') || outdir.includes('\0')) {
    refuse(`has the "outdir" ${JSON.stringify(outdir)}, which is not a folder of the project.`);
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/') || '.';
}

interface Position {
  readonly line: number;
  readonly column?: number;
}

function refusal(message: string, at: Position): Finding {
  return appFinding('project-file', `${NAME} ${message}`, { location: { file: NAME, ...at } });
}

function lineOf(text: string, key: string): Position {
  const at = text.indexOf(JSON.stringify(key));
  return { line: text.slice(0, Math.max(0, at)).split('\n').length };
}

/** V8 tells the place in words, and not in every version and case. */
function positionOf(text: string, { message }: Error): Position {
  const found = /position (\d+)/.exec(message);
  const before = text.slice(0, found ? Number(found[1]) : text.length).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
