import { FileState } from './explanation';
import { pathText, walk } from './field-path';
import { LineMatch } from './line-match';
import { Location } from './location';
import { headingsAbove, lineOfText } from './page-lines';
import { Places } from './places';
import { targetFiles } from './target-files';
import { Finding } from '../model/finding';
import { Plan } from '../plan/plan';
import { atStage } from '../targets/layout';
import { Origin, originAt } from '../targets/origin';
import { ofToolbox } from '../targets/service-origins';
import { MappedLine, outputFile, sourceMap, TargetFile, YamlDocument } from '../targets/target-file';
import { UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';

/** A place in a committed file, and what is behind it. */
export interface FoundPlace {
  /** Relative to the output folder. */
  readonly file: string;
  /** First line is 1. */
  readonly line: number;
  readonly text: string;
  /** Path of the field, or headings of the page; empty for other text. */
  readonly at: string;
  readonly origin: Origin;
  readonly state: FileState;
}

/**
 * Looks up a place in the files that the model gives now. If the committed file is another version, its lines are
 * matched with theirs.
 *
 * @param errors findings of the model; empty if none is an error.
 * @throws UsageError if the place does not exist, or no construct is behind it.
 */
export function findPlace(
  plan: Plan,
  location: Location,
  places: Places,
  errors: readonly Finding[] = [],
): FoundPlace {
  const files = targetFiles(plan, location.kind, errors);
  const object = location.object && findObject(location.object, files, places);
  const path = object?.file.path ?? location.file!;
  const committed = places.read(path);
  const lines = linesOf(committed);
  const label = places.label(path);
  const file = object?.file ?? files.find((one) => one.path === atStage(path, plan));
  const isPage = location.kind === 'page';
  const wanted = isPage && location.line === undefined
    ? { ...location, line: lineOfText(lines, location.within, label) }
    : location;
  const { line, document, path: steps, origin } = file === undefined
    ? outsideModel(plan, wanted, lines, label)
    : inFile(wanted, object?.document, lines, file, label);
  const given = file?.path === path ? outputFile(file).content : undefined;
  return {
    file: path,
    line,
    text: lines[line - 1],
    at: isPage ? headingsAbove(lines, line) : [objectName(document), pathText(steps)].join(' ').trim(),
    origin,
    state: stateOf(plan, path, committed, given, errors),
  };
}

interface FoundLine extends Pick<MappedLine, 'document' | 'path'> {
  readonly line: number;
  readonly origin: Origin;
}

/** Files of the output folder that no construct gives by itself, such as the list of files. */
function outsideModel(plan: Plan, location: Location, committed: readonly string[], label: string): FoundLine {
  if (location.kind !== 'other') {
    throw new UsageError(`the model does not give ${label}: the file is of another version. ${DIFF}`);
  }
  return { line: lineIn(location, committed, label), path: [], origin: ofToolbox(plan) };
}

function inFile(
  location: Location,
  document: YamlDocument | undefined,
  committed: readonly string[],
  file: TargetFile,
  label: string,
): FoundLine {
  const map = sourceMap(file);
  const given = map.map(({ text }) => text);
  const isSame = committed.length === given.length && committed.every((text, index) => text === given[index]);
  const first = map.find((line) => line.document !== undefined)?.document;
  if (location.line === undefined && first !== undefined) {
    const within = document ?? first;
    const path = walk(within, location.within, label);
    const index = map.findIndex((line) => line.document === within && path.every((step, at) => line.path[at] === step));
    const line = isSame ? index : new LineMatch(given, committed).of(index);
    if (line === undefined) { throw missing(pathText(path), label); }
    return { line: line + 1, document: within, path, origin: originAt(within, path)! };
  }
  const line = lineIn(location, committed, label);
  const text = committed[line - 1];
  const index = isSame ? line - 1 : new LineMatch(committed, given).of(line - 1);
  if (text.trim() === '' && (index === undefined || map[index].origin === undefined)) {
    throw new UsageError(`Line ${line} of ${label} is empty.`);
  }
  if (index === undefined) { throw unknown(`line ${line}, ${JSON.stringify(text.trim())}`, label); }
  const { origin, ...mapped } = map[index];
  if (origin === undefined) {
    throw new UsageError(`Line ${line} of ${label} is a comment: no construct is behind it.`);
  }
  return { ...mapped, line, origin };
}

function findObject(
  { kind, name }: { readonly kind: string; readonly name: string },
  files: readonly TargetFile[],
  places: Places,
): { readonly file: TargetFile; readonly document: YamlDocument } {
  const objects = files.flatMap((file) => file.parts.flatMap((part) => (
    part.kind === 'yaml' ? [{ file, document: part.document, id: objectName(part.document) }] : [])));
  const wanted = `${kind}/${name}`.toLowerCase();
  const found = objects.find(({ id }) => id.toLowerCase() === wanted);
  if (found !== undefined) { return found; }
  const ids = objects.map(({ id }) => id);
  const alike = ids.filter((id) => id.endsWith(`/${name}`));
  const hint = alike.length === 0 ? didYouMean(wanted, ids) : ` There is ${alike.join(', ')}.`;
  throw new UsageError(`there is no ${kind}/${name} in ${places.label(places.kubernetes)}.${hint}`);
}

/** Kind and name of a Kubernetes object; empty for other documents. */
function objectName(document: YamlDocument | undefined): string {
  const { kind, metadata } = (document ?? {}) as {
    readonly kind?: string;
    readonly metadata?: { readonly name?: string };
  };
  return kind === undefined ? '' : `${kind}/${metadata?.name ?? ''}`;
}

function stateOf(
  { gate }: Plan,
  path: string,
  committed: string,
  given: string | undefined,
  errors: readonly Finding[],
): FileState {
  if (errors.length > 0) { return 'not-known'; }
  if (given !== undefined) { return committed === given ? 'current' : 'differs'; }
  return gate.approval?.files.some((one) => one.path === path) === true ? 'approved-before' : 'not-given';
}

function lineIn({ line, within }: Location, lines: readonly string[], label: string): number {
  if (line === undefined) { throw new UsageError(`${label} has no paths such as "${within}": give a line.`); }
  if (line < 1 || line > lines.length) {
    throw new UsageError(`${label} has ${lines.length} lines, and no line ${line}.`);
  }
  return line;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

const DIFF = '"npx toolbox-constructs diff" shows what differs.';

function unknown(what: string, label: string): UsageError {
  return new UsageError(`the model has nothing for ${what} of ${label}: the file is another version. ${DIFF}`);
}

function missing(path: string, label: string): UsageError {
  return new UsageError(`${label} has no "${path}", though the model gives it: the file is another version. ${DIFF}`);
}
