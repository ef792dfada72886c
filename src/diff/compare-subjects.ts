import { Access, compareAccess, Relation } from './access';
import { Effect } from './change';
import { Entry, PRESENT, Subject, Subjects } from './subject';

/** One end of a difference. */
export interface Side {
  readonly text: string;
  readonly detail?: string;
}

/** A change within one target. */
export interface Difference {
  readonly kind: string;
  readonly subject: string;
  readonly item?: string;
  readonly before?: Side;
  readonly after?: Side;
  readonly effect: Effect;
}

/** Returns everything that differs between two versions of one target. */
export function compareSubjects(before: Subjects, after: Subjects): Difference[] {
  const names = new Set([...before.names, ...after.names]);
  return [...names].flatMap((name) => {
    const [one, other] = [before.find(name), after.find(name)];
    if (one === undefined) { return addition(other!); }
    return other === undefined ? addition(one).map(reversed) : compareEntries(name, one.entries, other.entries);
  });
}

/** A subject that is added, with the entries that widen something. */
function addition(subject: Subject): Difference[] {
  const { name, kind, summary, access, listsEntries } = subject;
  const whole = differences(name, undefined, { kind, text: summary === '' ? PRESENT : summary, access });
  const entries = listsEntries ? [...subject.entries.values()].filter((entry) => entry.access?.restricts !== true) : [];
  const widening = entries
    .flatMap((entry) => differences(name, undefined, entry))
    .filter(({ effect }) => effect === 'widened');
  return [...whole, ...widening];
}

function reversed({ before, after, effect, ...rest }: Difference): Difference {
  return { ...rest, before: after, after: before, effect: OPPOSITES[effect] };
}

const OPPOSITES: Readonly<Record<Effect, Effect>> = { widened: 'narrowed', narrowed: 'widened', neutral: 'neutral' };

function compareEntries(
  name: string,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): Difference[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => differences(name, before.get(key), after.get(key)));
}

/**
 * None when both say the same; two when something is lost and something else gained, so that neither hides the other.
 */
function differences(subject: string, before: Entry | undefined, after: Entry | undefined): Difference[] {
  const relation = compareAccess(accessOf(before, after), accessOf(after, before));
  if (
    relation === 'same' &&
    before?.text === after?.text &&
    before?.detail === after?.detail &&
    before?.hidden === after?.hidden
  ) {
    return [];
  }
  const { kind, item } = (before ?? after)!;
  const about = { kind, subject, ...item === undefined ? {} : { item } };
  const [was, is] = [sideOf(before), sideOf(after)];
  return relation === 'mixed'
    ? [{ ...about, before: was, effect: 'narrowed' }, { ...about, after: is, effect: 'widened' }]
    : [{ ...about, before: was, after: is, effect: EFFECTS[relation] }];
}

const EFFECTS: Readonly<Record<Exclude<Relation, 'mixed'>, Effect>> = {
  same: 'neutral',
  wider: 'widened',
  narrower: 'narrowed',
};

/** An entry without an access is not compared, and must not look as if it were absent. */
function accessOf(entry: Entry | undefined, other: Entry | undefined): Access | undefined {
  return entry === undefined ? undefined : entry.access ?? (other?.access === undefined ? undefined : {});
}

function sideOf(entry: Entry | undefined): Side | undefined {
  return entry && { text: entry.text, ...entry.detail === undefined ? {} : { detail: entry.detail } };
}
