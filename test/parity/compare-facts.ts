import { FACT_WORDS, Facts, REACH_WORD, SERVICE_WORD, ServiceFacts } from './facts';
import { Plan } from '../../src/plan/plan';
import { FidelityEntry } from '../../src/plan/target-output';
import { ALL_SETTINGS } from '../../src/targets/container-settings';

export interface Difference {
  /** The word of the fact in the fidelity report. */
  readonly word: string;
  /** Construct paths at which the report may contain it, with everything above them. */
  readonly paths: readonly string[];
  /** For people: where, what was promised, what was found. */
  readonly text: string;
}

/**
 * Compares promised and stated facts. Returns differences missing from the fidelity report, and facts that
 * it says were left out although nothing differs. Empty when a target matches the plan.
 */
export function parityProblems(
  plan: Plan,
  promised: Facts,
  stated: Facts,
  fidelity: readonly FidelityEntry[],
): string[] {
  const found = differences(plan, promised, stated);
  const unreported = found.filter((difference) => !fidelity.some((entry) => explains(plan, entry, difference)));
  const words = new Set([
    ...Object.values(FACT_WORDS), ...ALL_SETTINGS.map(({ fact }) => fact), REACH_WORD, SERVICE_WORD,
  ]);
  const groundless = fidelity
    .filter((entry) => entry.verdict === 'left-out' && words.has(entry.fact))
    .filter((entry) => !found.some((difference) => explains(plan, entry, difference)));
  return [
    ...unreported.map((difference) => `unreported: ${difference.text}`),
    ...groundless.map((entry) => `reported without a difference: ${entry.path}: ${entry.fact}`),
  ];
}

/** Every difference, reported or not. */
export function differences(plan: Plan, promised: Facts, stated: Facts): Difference[] {
  const names = [...new Set([...Object.keys(promised.services), ...Object.keys(stated.services)])].sort();
  return [
    ...names.flatMap((name) => serviceDifferences(plan, name, promised.services[name], stated.services[name])),
    ...reachDifferences(plan, promised.reaches, stated.reaches),
  ];
}

function serviceDifferences(plan: Plan, name: string, promised?: ServiceFacts, stated?: ServiceFacts): Difference[] {
  const paths = [pathOf(plan, name)];
  if (promised === undefined || stated === undefined) {
    return [{ word: SERVICE_WORD, paths, text: `${name}: ${promised ? 'missing' : 'not promised'}` }];
  }
  const facts = Object.keys(FACT_WORDS) as (keyof typeof FACT_WORDS)[];
  const ofContainer = ALL_SETTINGS.flatMap(({ name: setting, fact }) => {
    const [left, right] = [canonical(promised.container[setting]), canonical(stated.container[setting])];
    return left === right ? [] : [{ word: fact, paths, text: `${name}.${setting}: promised ${left}, found ${right}` }];
  });
  return [
    ...ofContainer,
    ...facts
      .filter((fact) => canonical(promised[fact]) !== canonical(stated[fact]))
      .map((fact) => ({
        word: FACT_WORDS[fact],
        paths,
        text: `${name}.${fact}: promised ${canonical(promised[fact])}, found ${canonical(stated[fact])}`,
      })),
  ];
}

function reachDifferences(plan: Plan, promised: readonly string[], stated: readonly string[]): Difference[] {
  const lost = promised.filter((line) => !stated.includes(line));
  const added = stated.filter((line) => !promised.includes(line));
  return [
    ...lost.map((line) => ({ line, what: 'lost' })),
    ...added.map((line) => ({ line, what: 'not promised' })),
  ].map(({ line, what }) => {
    const from = line.slice(0, line.indexOf(' -> '));
    const networks = plan.networks.filter((network) => network.members.includes(from)).map((network) => network.path);
    return { word: REACH_WORD, paths: [pathOf(plan, from), ...networks], text: `reach ${line}: ${what}` };
  });
}

function pathOf(plan: Plan, name: string): string {
  return plan.services.find((service) => service.name === name)?.path ?? name;
}

function explains(plan: Plan, entry: FidelityEntry, difference: Difference): boolean {
  return (
    entry.fact === difference.word &&
    (entry.path === plan.name ||
      difference.paths.some((path) => path === entry.path || path.startsWith(`${entry.path}/`)))
  );
}

/** The same text for the same fact, whatever the order of keys and with undefined as if it were not there. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'object' && item !== null && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : item)) ?? 'nothing';
}
