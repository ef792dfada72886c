import { Change, Changes, Target, Unread } from './change';
import { compareSubjects, Difference } from './compare-subjects';
import { readCompose } from './compose/read-compose';
import { readKubernetes } from './kubernetes/read-kubernetes';
import { Member, sayPeers } from './members';
import { mergeTargets } from './merge-targets';
import { Unreadable } from './parse';
import { Reading } from './reading';
import { Subjects } from './subject';
import { textOf } from './tree';
import { areSame, Texts, Version, versionsOf } from './versions';

const TARGETS: readonly Target[] = ['compose', 'kubernetes'];

/**
 * Says in words what differs. Both sides go through the same readers, so what a person wrote into a committed file is
 * seen as well as what the model says again. Never throws for what a file holds.
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
    const told = [...stageOf(versions.before, versions.after), ...compareSubjects(was.subjects, is.subjects)];
    return told.length > 0 || textOf(was.data) === textOf(is.data) ? told : [untold(target)];
  } catch (error) {
    unread.push(unreadOf(error, versions.before));
    return [];
  }
}

/** Without anything to compare with, words for all of it would be longer than the files. */
function wholeTarget(target: Target, before: Version | undefined, after: Version | undefined): Difference[] {
  if (before === undefined && after === undefined) { return []; }
  const text = { text: 'all of it' };
  return [before === undefined
    ? { kind: 'target', subject: target, after: text, effect: 'widened' }
    : { kind: 'target', subject: target, before: text, effect: 'narrowed' }];
}

/** Labels and annotations, say, or what is in no form that a target accepts. */
function untold(target: Target): Difference {
  const text = { text: 'what has no words' };
  return { kind: 'target', subject: target, item: 'other', before: text, after: text, effect: 'neutral' };
}

function stageOf(before: Version, after: Version): Difference[] {
  if (before.stage === after.stage) { return []; }
  return [
    {
      kind: 'stage',
      subject: 'toolbox',
      before: { text: before.stage },
      after: { text: after.stage },
      effect: 'neutral',
    },
  ];
}

/** Reads both; a second time without the policies that only one of them has in a form that can be read. */
function readBoth(target: Target, before: Version, after: Version, unread: Unread[]): [Reading, Reading] {
  const illegible = new Set<string>();
  const readings = readOnce(target, before, after, unread, illegible);
  return illegible.size === 0 ? readings : readOnce(target, before, after, unread, illegible);
}

function readOnce(
  target: Target,
  before: Version,
  after: Version,
  unread: Unread[],
  illegible: Set<string>,
): [Reading, Reading] {
  const [was, is] = [before, after].map(({ texts }): Reading => ({
    texts,
    subjects: new Subjects(),
    unread,
    data: [],
    illegible,
  }));
  if (target === 'compose') {
    sayPeers(composeMembers(was, before), composeMembers(is, after));
  } else {
    readKubernetes(was, before.paths);
    readKubernetes(is, after.paths);
  }
  return [was, is];
}

function composeMembers(reading: Reading, { paths: [path] }: Version): Member[] {
  try {
    return readCompose(reading, path);
  } catch (error) {
    throw error instanceof Unreadable ? new Unreadable(error.message, path) : error;
  }
}

/** A RangeError is what a text does that is nested without end. */
function unreadOf(error: unknown, { paths: [first] }: Version): Unread {
  if (error instanceof Unreadable) { return { path: error.path ?? first, reason: error.message }; }
  if (error instanceof RangeError) { return { path: first, reason: 'it is nested too deeply' }; }
  throw error;
}

export type { Change, Changes, Unread };
