import { Changes, Target, Unread } from './change';
import { compareSubjects, Difference } from './compare-subjects';
import { mergeTargets } from './merge-targets';
import { GatewayPolicies } from './policy/policy-file';
import { addConnections, addPeers } from './reach-entries';
import { Subjects } from './subject';
import { subjectsOf } from './target-entries';
import { areSame, Texts, Version, versionsOf } from './versions';
import { TargetFacts } from '../plan/target-facts';
import { readCompose } from '../targets/compose/read/read-compose';
import { readKubernetes } from '../targets/kubernetes/read/read-kubernetes';
import { parseYaml, Unreadable } from '../targets/parse-text';
import { isMap, textOf } from '../targets/tree';

const TARGETS: readonly Target[] = ['compose', 'kubernetes'];

/**
 * Finds what differs, as statements for people. Both sides go through the same readers, so what a person wrote into a
 * committed file is seen as well as what the model says. Never throws for what a file holds.
 *
 * @param before the committed files by path, relative to the output folder.
 * @param after the generated files, in the same way.
 */
export function findChanges(before: Texts, after: Texts): Changes {
  const unread: Unread[] = [];
  const found = new Map(TARGETS.map((target) => [target, differencesOf(target, before, after, unread)]));
  const once = new Map(unread.map((one) => [`${one.path}\n${one.reason}`, one]));
  return { changes: mergeTargets(found), unread: [...once.values()] };
}

function differencesOf(target: Target, before: Texts, after: Texts, unread: Unread[]): Difference[] {
  const versions = versionsOf(target, before, after);
  if (versions.before === undefined || versions.after === undefined) {
    return wholeTarget(target, versions.before, versions.after);
  }
  if (areSame(versions.before, versions.after)) { return []; }
  try {
    const [was, is] = readBoth(target, versions.before, versions.after, unread);
    const found = [...stageOf(versions.before, versions.after), ...compareSubjects(was.subjects, is.subjects)];
    return found.length > 0 || textOf(was.data) === textOf(is.data) ? found : [otherDifference(target)];
  } catch (error) {
    unread.push(unreadOf(error, versions.before));
    return [];
  }
}

/** Without anything to compare with, all statements about a target would be longer than its files. */
function wholeTarget(target: Target, before: Version | undefined, after: Version | undefined): Difference[] {
  if (before === undefined && after === undefined) { return []; }
  const text = { text: 'all of it' };
  return [before === undefined
    ? { kind: 'target', subject: target, after: text, effect: 'widened' }
    : { kind: 'target', subject: target, before: text, effect: 'narrowed' }];
}

/** A difference that no fact stands for: labels and annotations, or a form that a target does not accept. */
function otherDifference(target: Target): Difference {
  const text = { text: 'what has no words' };
  return { kind: 'target', subject: target, item: 'other', before: text, after: text, effect: 'neutral' };
}

function stageOf(before: Version, after: Version): Difference[] {
  const [was, is] = [{ text: before.stage }, { text: after.stage }];
  return before.stage === after.stage
    ? []
    : [{ kind: 'stage', subject: 'toolbox', before: was, after: is, effect: 'neutral' }];
}

/** One version of a target, read. */
interface Side {
  readonly subjects: Subjects;
  /** All that was parsed, to notice differences that no fact stands for. */
  readonly data: unknown;
}

/** Reads both versions; a second time without the policies that one of them has in a form that cannot be read. */
function readBoth(target: Target, before: Version, after: Version, unread: Unread[]): [Side, Side] {
  const unreadable = new Set<string>();
  const documents = [before, after].map((version) => documentsOf(target, version));
  const read = () => sidesOf(target, [before, after], documents, { unread, unreadable });
  const sides = read();
  return unreadable.size === 0 ? sides : read();
}

function sidesOf(
  target: Target,
  versions: readonly Version[],
  documents: readonly (readonly unknown[])[],
  policies: Omit<GatewayPolicies, 'parsed'>,
): [Side, Side] {
  const [was, is] = versions.map(({ texts }, index) => {
    const facts = factsOf(target, documents[index], texts);
    const parsed: unknown[] = [];
    return { ...facts, subjects: subjectsOf(facts, { ...policies, parsed }), data: [documents[index], parsed] };
  });
  addPeers(was, is);
  addConnections(was, is);
  return [was, is];
}

function factsOf(target: Target, documents: readonly unknown[], texts: Texts): TargetFacts {
  return target === 'compose' ? readCompose(documents[0], texts) : readKubernetes(documents);
}

function documentsOf(target: Target, { paths, texts }: Version): unknown[] {
  return paths.flatMap((path) => {
    const documents = parsedText(path, texts.get(path) ?? '');
    if (target === 'compose' && (documents.length !== 1 || !isMap(documents[0]))) {
      throw new Unreadable('it is not one map', path);
    }
    return documents;
  });
}

function parsedText(path: string, text: string): unknown[] {
  try {
    return parseYaml(text);
  } catch (error) {
    throw error instanceof Unreadable ? new Unreadable(error.message, path) : error;
  }
}

/** A RangeError is thrown for a text that is nested without end. */
function unreadOf(error: unknown, { paths: [first] }: Version): Unread {
  if (error instanceof Unreadable) { return { path: error.path ?? first, reason: error.message }; }
  if (error instanceof RangeError) { return { path: first, reason: 'it is nested too deeply' }; }
  throw error;
}

export type { Change, Changes, Unread } from './change';
