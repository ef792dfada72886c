import { Effect } from './change';
import { Power, relate, Relation } from './power';
import { Fact, Subject, Subjects, THERE } from './subject';

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

/** Everything that differs between the facts of two versions of one target. */
export function compareSubjects(before: Subjects, after: Subjects): Difference[] {
  const names = new Set([...before.names, ...after.names]);
  return [...names].flatMap((name) => {
    const [one, other] = [before.find(name), after.find(name)];
    if (one === undefined) { return arrival(other!); }
    return other === undefined ? arrival(one).map(reversed) : compareFacts(name, one.facts, other.facts);
  });
}

/** A subject that is new, with what it opens. */
function arrival(subject: Subject): Difference[] {
  const { name, kind, summary, power, opens } = subject;
  const whole = differences(name, undefined, { kind, text: summary === '' ? THERE : summary, power });
  const facts = opens ? [...subject.facts.values()].filter((fact) => fact.power?.guard !== true) : [];
  const opened = facts
    .flatMap((fact) => differences(name, undefined, fact))
    .filter(({ effect }) => effect === 'widened');
  return [...whole, ...opened];
}

function reversed({ before, after, effect, ...rest }: Difference): Difference {
  return { ...rest, before: after, after: before, effect: OPPOSITES[effect] };
}

const OPPOSITES: Readonly<Record<Effect, Effect>> = { widened: 'narrowed', narrowed: 'widened', neutral: 'neutral' };

function compareFacts(name: string, before: ReadonlyMap<string, Fact>, after: ReadonlyMap<string, Fact>): Difference[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => differences(name, before.get(key), after.get(key)));
}

/**
 * None when both say the same; two when something is lost and something else gained, so that neither hides the other.
 */
function differences(subject: string, before: Fact | undefined, after: Fact | undefined): Difference[] {
  const relation = relate(powerOf(before, after), powerOf(after, before));
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
  return relation === 'other'
    ? [{ ...about, before: was, effect: 'narrowed' }, { ...about, after: is, effect: 'widened' }]
    : [{ ...about, before: was, after: is, effect: EFFECTS[relation] }];
}

const EFFECTS: Readonly<Record<Exclude<Relation, 'other'>, Effect>> = {
  same: 'neutral',
  wider: 'widened',
  narrower: 'narrowed',
};

/** A fact that is there without a power is not compared, and must not look as if it were absent. */
function powerOf(fact: Fact | undefined, other: Fact | undefined): Power | undefined {
  return fact === undefined ? undefined : fact.power ?? (other?.power === undefined ? undefined : {});
}

function sideOf(fact: Fact | undefined): Side | undefined {
  return fact && { text: fact.text, ...fact.detail === undefined ? {} : { detail: fact.detail } };
}
