import { join } from 'node:path';
import { LookedUp } from './look-up-pins';
import { labelOf } from './read-pins';
import { DigestEdit, editDigestsOfFile } from '../inventory/edit-pin-inventory';
import { Finding } from '../model/finding';
import { sortedBy } from '../plan/order';
import { pinFinding } from '../rules/reported/pins';

/** A pin whose digest is another one than was recorded. */
export interface Update {
  readonly component: string;
  readonly image: string;
  /** Undefined when there was none. */
  readonly before: string | undefined;
  readonly digest: string;
  readonly kind: 'index' | 'manifest';
}

/** An inventory with its new text. */
export interface Rewrite {
  readonly file: string;
  readonly before: string;
  readonly text: string;
}

/** What is to be written; nothing as soon as one thing is wrong. */
export interface UpdatePlan {
  readonly findings: readonly Finding[];
  readonly updated: readonly Update[];
  /** Components whose digest is as it was recorded. */
  readonly unchanged: readonly string[];
  readonly rewrites: readonly Rewrite[];
}

type Known = LookedUp & { readonly problem?: undefined };

/**
 * Edits every inventory in memory. Nothing is planned when an image could not be looked up: who asks for all pins is
 * not left with some.
 */
export function planUpdate(root: string, lookedUp: readonly LookedUp[]): UpdatePlan {
  const problems = lookedUp.flatMap(({ problem }) => problem ?? []);
  const known = lookedUp.filter((one): one is Known => one.problem === undefined);
  const changed = known.filter((one) => !isAsRecorded(one));
  const unchanged = known.filter(isAsRecorded).map(({ pin }) => pin.component);
  if (problems.length > 0) { return { findings: problems, updated: [], unchanged, rewrites: [] }; }
  const { findings, rewrites } = edit(root, changed);
  return findings.length > 0
    ? { findings, updated: [], unchanged, rewrites: [] }
    : { findings, updated: changed.map(asUpdate), unchanged, rewrites };
}

function isAsRecorded({ pin, found }: Known): boolean {
  return found.digest === pin.artifact.digest;
}

function asUpdate({ pin, found: { digest, kind } }: Known): Update {
  return { component: pin.component, image: labelOf(pin), before: pin.artifact.digest, digest, kind };
}

/** One rewrite for each inventory, in the order of their names. */
function edit(
  root: string,
  changed: readonly Known[],
): { readonly findings: readonly Finding[]; readonly rewrites: readonly Rewrite[] } {
  const homeless = changed.filter(({ pin }) => pin.location === undefined);
  const findings = homeless.map(({ pin }) =>
    pinFinding('pin-place', `No file is known in which "${pin.component}" is pinned.`),
  );
  const rewrites: Rewrite[] = [];
  for (const file of sortedBy([...new Set(changed.flatMap(({ pin }) => pin.location?.file ?? []))], (name) => name)) {
    const result = editDigestsOfFile(
      join(root, file),
      file,
      changed.filter(({ pin }) => pin.location?.file === file).map(asEdit),
    );
    if (result.findings === undefined) {
      rewrites.push({ file, before: result.before, text: result.text });
    } else {
      findings.push(...result.findings);
    }
  }
  return { findings, rewrites };
}

function asEdit({ pin: { component, artifact: { repository, tag } }, found: { digest } }: Known): DigestEdit {
  return { component, repository, tag: tag ?? '', digest };
}
