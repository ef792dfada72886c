import { compareSubjects, Difference } from './compare-subjects';
import { formatDifference } from './format-changes';
import { addPeers } from './reach-entries';
import { subjectsOf } from './target-entries';
import { TargetFacts } from '../plan/target-facts';

/** Returns what the second version of a target lets through that the first does not, as lines for people. */
export function widenings(before: TargetFacts, after: TargetFacts): string[] {
  const sides = [before, after].map((facts) => ({
    services: facts.services,
    subjects: subjectsOf(facts, { unread: [], unreadable: new Set(), parsed: [] }),
  }));
  addPeers(sides[0], sides[1]);
  return compareSubjects(sides[0].subjects, sides[1].subjects)
    .filter(({ effect }) => effect === 'widened')
    .map(lineOf);
}

function lineOf({ before, after, ...rest }: Difference): string {
  return formatDifference({ ...rest, before: textOf(before), after: textOf(after) });
}

function textOf(side: Difference['before']): string | undefined {
  return side && (side.detail === undefined ? side.text : `${side.text} (${side.detail})`);
}
