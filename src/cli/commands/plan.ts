import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Prints the resolved model as JSON: names, pins, mounts, reachability. Findings are printed
to stderr.`;

/** `toolbox plan` */
export const plan: Command = {
  description: DESCRIPTION,
  options: APP_OPTIONS,
  async run(args, terminal) {
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    printFindings(session.findings, args, terminal);
    if (session.document !== undefined) { printJson(session.document.plan as object, terminal); }
    return hasErrors(session.findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  },
};
