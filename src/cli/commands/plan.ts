import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';

const DESCRIPTION = `Runs the model and prints what it resolves to: names, pins, mounts, who reaches whom.
It is plain JSON, for people and programs; findings go to the standard error.`;

/** `toolbox plan` */
export const plan: Command = {
  description: DESCRIPTION,
  options: APP_OPTIONS,
  async run(args, terminal) {
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    printFindings(session.findings, args, terminal);
    if (session.document !== undefined) { printJson(session.document.plan as object, terminal); }
    return hasErrors(session.findings) ? ExitCode.FINDINGS : ExitCode.FINE;
  },
};
