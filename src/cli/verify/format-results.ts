import { Style, styled } from '../../util/styled';
import { CheckResult, isRecorded } from '../../verify/check-result';
import { ExitCode } from '../terminal';

type Outcome = CheckResult['outcome'];

const WORDS: Readonly<Record<Outcome, string>> = {
  'passed': 'passed',
  'failed': 'failed',
  'not-run': 'not run',
  'not-recorded': 'not recorded',
};
const STYLES: Readonly<Record<Outcome, Style>> = {
  'passed': 'green',
  'failed': 'red',
  'not-run': 'cyan',
  'not-recorded': 'red',
};
const MARGIN = Math.max(...Object.values(WORDS).map((word) => word.length));

/** Formats a result for people: outcome, reason, and the fix or the last lines of the output. */
export function formatResult(result: CheckResult, color: boolean): string {
  const word = WORDS[result.outcome].padEnd(MARGIN);
  const head = `${styled(word, STYLES[result.outcome], color)}  ${result.check}`;
  return [`${head}  ${factsOf(result)}`, ...detailsOf(result)].map((line) => `${line}\n`).join('');
}

/** Formats the counts of each outcome and the next step. */
export function formatSummary(results: readonly CheckResult[], directory: string): string {
  const outcomes: readonly Outcome[] = ['passed', 'failed', 'not-run', 'not-recorded'];
  const counts = outcomes.map((outcome) => ({
    outcome,
    count: results.filter((result) => result.outcome === outcome).length,
  }));
  const shown = counts
    .filter(({ outcome, count }) => count > 0 || outcome === 'passed')
    .map(({ outcome, count }) => `${count} ${WORDS[outcome]}`);
  const recorded = results.some(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  const next = `Recorded in ${directory}. Run "npx toolbox-constructs synth" for the pages to show it, and `
    + 'commit both.\n';
  return `${shown.join(', ')}\n${recorded ? next : ''}`;
}

/** Returns the exit code. A check that was not run is a failure only if it was named. */
export function exitCodeOf(results: readonly CheckResult[], named: boolean): ExitCode {
  const faults: readonly Outcome[] = ['failed', 'not-recorded', ...named ? ['not-run' as const] : []];
  return results.some(({ outcome }) => faults.includes(outcome)) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
}

function factsOf(result: CheckResult): string {
  if (!isRecorded(result)) { return result.reason; }
  const seconds = `${result.seconds.toFixed(1)} s`;
  return result.reason === undefined ? seconds : `${seconds}  ${result.reason}`;
}

function detailsOf(result: CheckResult): string[] {
  const margin = ' '.repeat(MARGIN + 2);
  if (!isRecorded(result)) { return [`${margin}fix: ${result.fix}`]; }
  return result.outcome === 'passed' || result.tail === ''
    ? []
    : result.tail.split('\n').map((line) => `${margin}| ${line}`);
}
