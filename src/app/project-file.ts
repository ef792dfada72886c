import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { splitWords } from './split-words';
import { Failure } from '../model/failure';
import { Finding, SourceLocation } from '../model/finding';
import { appFinding } from '../rules/reported/app';
import { UsageError } from '../util/errors';
import { lazy } from '../util/lazy';
import { schemaProblems, Validator } from '../util/schema-problems';
import { systemReason } from '../util/system-error';

const NAME = 'toolbox.json';

/** The content of `toolbox.json`. */
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
  const problems = schemaProblems(validate(), value).map(({ at, message, fix }) =>
    refusal(`is wrong. ${message}`, placeOf(text, at[0]), fix));
  const { app, outdir } = (value ?? {}) as Partial<Record<'app' | 'outdir', unknown>>;
  const words = typeof app === 'string' ? splitWords(app) : [];
  if (typeof words === 'string') {
    problems.push(refusal(`is wrong. \`app\` cannot be run: ${words}.`, placeOf(text, 'app')));
  }
  if (problems.length > 0 || typeof words === 'string') {
    throw new Failure(...problems);
  }
  return {
    root,
    app: words,
    outdir: String(outdir).split(/[\\/]/).filter((part) => part !== '' && part !== '.').join('/') || '.',
    appAt: { file: NAME, ...placeOf(text, 'app') },
    outdirAt: { file: NAME, ...placeOf(text, 'outdir') },
  };
}

const validate = lazy(
  () => (require('./private/validators') as { readonly validateProject: Validator }).validateProject,
);

/** Describes the error if the model renders for another output folder than the project's. */
export function judgeOutdir(project: ProjectFile, modelled: string): Finding[] {
  if (modelled === project.outdir) { return []; }
  const names = [project.outdir, modelled].map((name) => JSON.stringify(name));
  const message = `${NAME} has the "outdir" ${names[0]}, and the toolbox has ${names[1]}: ` +
    'paths in the files would be wrong.';
  return [
    appFinding('project-file', message, {
      location: project.outdirAt,
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Failure(refusal(`is not JSON: ${(error as Error).message}.`, positionOf(text, error as Error)));
  }
}

interface Position {
  readonly line: number;
  readonly column?: number;
}

function refusal(message: string, at: Position, fix?: string): Finding {
  return appFinding('project-file', `${NAME} ${message}`, {
    location: { file: NAME, ...at },
    ...(fix === undefined ? {} : { fix }),
  });
}

/**
 * Returns where a key is; the first line if it is missing. The file holds texts only, and in JSON no text has a quote
 * without a backslash: what looks like a key is one.
 */
function placeOf(text: string, key?: string): Position {
  const found =
    key === undefined ? null : new RegExp(`${JSON.stringify(key).replace(/[^\w"]/g, '\\$&')}\\s*:`).exec(text);
  return found === null ? { line: 1, column: 1 } : positionAt(text, found.index);
}

/** V8 reports the place in words, and not in every version and case. */
function positionOf(text: string, { message }: Error): Position {
  const found = /position (\d+)/.exec(message);
  return positionAt(text, found ? Number(found[1]) : text.length);
}

function positionAt(text: string, index: number): Position {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
