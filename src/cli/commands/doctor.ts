import { formatFindings, hasErrors } from '../../assembly/format-findings';
import { askHost, examine, Examination, examiners, formatResults, NamedResult, runProgram, summaryLine, today } from '../../doctor';
import { Failure } from '../../model/failure';
import { Plan } from '../../plan/plan';
import { didYouMean } from '../../util/nearest';
import { UsageError } from '../../util/usage-error';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printJson, reportFailure } from '../session';

const NAMES = Object.keys(examiners);
const WIDTH = Math.max(...NAMES.map((name) => name.length));

const DESCRIPTION = `Looks at this machine: whether it has what the model and the inventories ask for. Older
than a pin is wrong, newer is a warning, and what could not be looked at is never fine.
Makes every check, or those that are named:

${NAMES.map((name) => `  ${name.padEnd(WIDTH)}  ${examiners[name].summary}${examiners[name].online ? ' *' : ''}`).join('\n')}

--offline leaves out those with a *, and what others would ask the engine. Servers are
asked on the loopback only. Values of secrets are never printed.`;

/** `toolbox doctor` */
export const doctor: Command = {
  description: DESCRIPTION,
  options: { ...APP_OPTIONS, offline: { type: 'boolean', help: 'Ask neither the engine nor a server' } },
  operands: { usage: '[CHECK…]', least: 0, most: NAMES.length },
  async run(args, terminal, operands) {
    judgeNames(operands);
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) return reportFailure(session, args, terminal);
    const plan = planOf(session);
    if (plan instanceof Failure) return reportFailure(plan, args, terminal);
    const names = operands.length === 0 ? NAMES : NAMES.filter((name) => operands.includes(name));
    const results = await examine(names, examination(plan, session.project.root, args.offline === true), operands.length > 0);
    const ok = results.every(({ status }) => status !== 'wrong');
    if (args.json) {
      printJson({ ok, checks: results, findings: session.findings }, terminal);
    } else {
      terminal.out(text(results, args.quiet === true, terminal.outColor));
      if (hasErrors(session.findings)) terminal.err(formatFindings(session.findings, { color: terminal.errColor }));
    }
    return ok && !hasErrors(session.findings) ? ExitCode.FINE : ExitCode.FINDINGS;
  },
};

function judgeNames(operands: readonly string[]): void {
  const unknown = operands.find((name) => !Object.hasOwn(examiners, name));
  if (unknown !== undefined) throw new UsageError(`there is no check "${unknown}".${didYouMean(unknown, NAMES)} "toolbox doctor --help" lists all.`);
}

function examination(plan: Plan, root: string, offline: boolean): Examination {
  return { plan, root, offline, today: today(), run: (program, ...words) => runProgram(program, words), ask: askHost };
}

function text(results: readonly NamedResult[], quiet: boolean, color: boolean): string {
  if (!quiet) return formatResults(results, color) + summaryLine(results);
  return formatResults(results.filter(({ status }) => status === 'wrong' || status === 'warning'), color);
}
