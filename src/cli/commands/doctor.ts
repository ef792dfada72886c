import { resolve } from 'node:path';
import {
  askHost,
  composeFileIn,
  examine,
  Examination,
  examiners,
  formatResults,
  ipv4Interfaces,
  isOwnAddress,
  NamedResult,
  runProgram,
  summaryLine,
  today,
} from '../../doctor';
import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Plan } from '../../plan/plan';
import { UsageError } from '../../util/errors';
import { didYouMean } from '../../util/nearest';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { formatFindings } from '../format-findings';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printJson, reportFailure } from '../session';
import { ExitCode } from '../terminal';

const NAMES = Object.keys(examiners);
const WIDTH = Math.max(...NAMES.map((name) => name.length));

function line(name: string): string {
  const { summary, asks } = examiners[name];
  return `  ${name.padEnd(WIDTH)}  ${summary}${asks === 'nothing' ? '' : ' *'}`;
}

const DESCRIPTION = `Checks this machine against the model and the inventories, and running containers against
the generated files. A version older than its pin is a failure, a newer one a warning. A check
that could not run never counts as ok. Runs all checks, or the named ones:

${NAMES.map(line).join('\n')}

--offline skips checks with a * and every question to the engine. Some checks start a
container from an image of the toolbox and remove it afterwards; nothing else is started
or changed. Secret values are never printed.

Exit codes: 0 no failure, 1 a failure or an error in the model, 2 usage error.`;

/** `toolbox doctor` */
export const doctor: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    'offline': { type: 'boolean', help: 'Do not contact the engine or any server' },
    'compose-file': {
      type: 'string',
      help: 'Compose FILE to check (default: the approved one, otherwise the draft)',
    },
  },
  operands: { usage: '[CHECK…]', least: 0, most: NAMES.length },
  async run(args, terminal, operands) {
    judgeNames(operands);
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const plan = planOf(session);
    if (plan instanceof Failure) { return reportFailure(plan, args, terminal); }
    const names = operands.length === 0 ? NAMES : NAMES.filter((name) => operands.includes(name));
    const results = await examine(names, examinationOf(plan, session.project.root, args), operands.length > 0);
    const ok = results.every(({ status }) => status !== 'failure');
    if (args.json) {
      printJson({ ok, checks: results, findings: session.findings }, terminal);
    } else {
      terminal.out(text(results, args.quiet === true, terminal.outColor));
      if (hasErrors(session.findings)) { terminal.err(formatFindings(session.findings, { color: terminal.errColor })); }
    }
    return ok && !hasErrors(session.findings) ? ExitCode.SUCCESS : ExitCode.FINDINGS;
  },
};

function judgeNames(operands: readonly string[]): void {
  const unknown = operands.find((name) => !Object.hasOwn(examiners, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown check "${unknown}".${didYouMean(unknown, NAMES)} "toolbox doctor --help" lists all checks.`,
    );
  }
}

function examinationOf(plan: Plan, root: string, args: Arguments): Examination {
  const file = args['compose-file'];
  return new Examination({
    plan,
    root,
    composeFile: typeof file === 'string' ? resolve(file) : composeFileIn(root, plan),
    offline: args.offline === true,
    today: today(),
    platform: process.platform,
    interfaces: ipv4Interfaces(),
    isOwnAddress,
    clock: () => performance.now(),
    run: runProgram,
    ask: askHost,
  });
}

function text(results: readonly NamedResult[], quiet: boolean, color: boolean): string {
  if (!quiet) { return formatResults(results, color) + summaryLine(results); }
  return formatResults(
    results.filter(({ status }) => status === 'failure' || status === 'warning'),
    color,
  );
}
