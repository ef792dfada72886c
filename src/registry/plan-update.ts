import { join } from 'node:path';
import { LookedUp } from './look-up-pins';
import { labelOf } from './read-pins';
import { DigestEdit, editDigestsOfFile } from '../inventory/edit-pin-inventory';
import { Finding } from '../model/finding';
import { sortedBy } from '../plan/collections';
import { pinFinding } from '../rules/reported/pins';

/** A pin with a new digest. */
export interface Update {
  readonly component: string;
  readonly image: string;
  /** Recorded digest, if any. */
  readonly before: string | undefined;
  readonly digest: string;
  readonly kind: 'index' | 'manifest';
}

/** An inventory with its new content. */
export interface Rewrite {
  readonly file: string;
  readonly before: string;
  readonly text: string;
}

/** Files to write. Empty if there is any error. */
export interface UpdatePlan {
  readonly findings: readonly Finding[];
  readonly updated: readonly Update[];
  /** Components with an unchanged digest. */
  readonly unchanged: readonly string[];
  readonly rewrites: readonly Rewrite[];
}

type Known = LookedUp & { readonly problem?: undefined };

/**
 * Edits inventories in memory. Plans nothing if any lookup failed, so that an update is all or nothing.
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

function isAsRecorded({ pin, found, facts }: Known): boolean {
  return found.digest === pin.artifact.digest && facts === undefined;
}

function asUpdate({ pin, found: { digest, kind } }: Known): Update {
  return { component: pin.component, image: labelOf(pin), before: pin.artifact.digest, digest, kind };
}

/** Returns one rewrite per inventory, sorted by file name. */
function edit(
  root: string,
  changed: readonly Known[],
): { readonly findings: readonly Finding[]; readonly rewrites: readonly Rewrite[] } {
  const homeless = changed.filter(({ pin }) => pin.location === undefined);
  const findings = homeless.map(({ pin }) =>
    pinFinding('pin-place', `The file that pins "${pin.component}" is unknown.`),
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

/** Facts of another digest hold no longer. */
function asEdit({ pin: { component, artifact }, found: { digest }, facts }: Known): DigestEdit {
  const { repository, tag = '', facts: recorded } = artifact;
  return { component, repository, tag, digest, facts: facts ?? (recorded && {}) };
}
