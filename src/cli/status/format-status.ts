import { CheckPlan, Plan } from '../../plan/plan';
import { statusSummary } from '../../plan/status-summary';
import { Style, styled } from '../../util/styled';
import { dayOf, Missing, missingOf, problemOf } from '../../verify/status/missing';

type Kind = CheckPlan['status']['kind'];

const WORDS: Readonly<Record<Kind, string>> = {
  'verified': 'verified',
  'failed': 'failed',
  'stale': 'stale',
  'to-verify': 'to verify',
};
const STYLES: Readonly<Record<Kind, Style>> = {
  'verified': 'green',
  'failed': 'red',
  'stale': 'yellow',
  'to-verify': 'cyan',
};
const MARGIN = Math.max(...Object.values(WORDS).map((word) => word.length));

/** Returns a one-line summary of the status. */
export function summaryLine(plan: Plan): string {
  const { stage, checks, verified, byHand, failed, stale, toVerify, missing } = statusSummary(plan);
  const hand = byHand === 0 ? '' : ` (${byHand} by hand)`;
  const others = (
    [
      [failed, 'failed'],
      [stale, 'stale'],
      [toVerify, 'to verify'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `, ${count} ${word}`);
  const gate = missing === 0 ? 'open' : `closed, ${missing} ${missing === 1 ? 'item' : 'items'} missing`;
  const proven = `${verified} of ${checks} ${checks === 1 ? 'check' : 'checks'} verified${hand}${others.join('')}`;
  return `${stage} · ${proven} · gate: ${gate}`;
}

/** Formats the status for people. */
export function formatStatus(plan: Plan, color: boolean): string {
  const blocks = [
    [summaryLine(plan)],
    checkLines(plan, color),
    gateLines(missingOf(plan)),
    approvalLines(plan),
    strayLines(plan),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function checkLines({ checks }: Plan, color: boolean): string[] {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks.map((check) => checkLine(check, width, color));
}

function checkLine(check: CheckPlan, width: number, color: boolean): string {
  const word = WORDS[check.status.kind].padEnd(MARGIN);
  const name = check.name.padEnd(width);
  const mark = styled(word, STYLES[check.status.kind], color);
  return `${mark}  ${name}  ${factsOf(check)}${check.required ? '' : ' (not required)'}`;
}

function factsOf(check: CheckPlan): string {
  const { status } = check;
  if (status.kind !== 'verified') { return problemOf(check); }
  const { method, by, at } = status.record;
  return `${method === 'hand' ? 'by hand, ' : ''}by ${by}, on ${dayOf(at)}`;
}

function gateLines(missing: readonly Missing[]): string[] {
  if (missing.length === 0) { return []; }
  return ['Missing for productive files:', ...missing.flatMap(({ kind, subject, problem, fix }) => [
    `  ${kind === 'approval' ? 'approval' : `${kind} ${subject}`}: ${problem}`,
    `    fix: ${fix}`,
  ])];
}

function approvalLines({ gate: { approval } }: Plan): string[] {
  if (approval === undefined) { return []; }
  const { by, at, reason, changes } = approval;
  const since =
    changes.length === 0
      ? ['It covers the current model.']
      : ['Changed since:', ...changes.map(({ part, how }) => `  ${how}: ${part}`)];
  return [`Approved by ${by} on ${dayOf(at)}: ${reason.trim()}`, ...since];
}

function strayLines({ records: { stray } }: Plan): string[] {
  return stray.map(
    ({ check, location }) =>
      `${location.file}:${location.line} is a record of ${check}, which is not a check of the model. Delete it.`,
  );
}
