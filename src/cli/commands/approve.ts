import { ApprovedFile } from '../../model/approval';
import { Failure } from '../../model/failure';
import { approvedFiles, differingFiles } from '../../plan/approved-files';
import { Plan } from '../../plan/plan';
import { statusFinding } from '../../rules/reported/status';
import { UsageError } from '../../util/errors';
import { approvalOf, writeApproval } from '../../verify/record-approval';
import { now } from '../../verify/record-evidence';
import { redactorFor } from '../../verify/redactor-for';
import { dayOf } from '../../verify/status/missing';
import { gateFindings, unverified } from '../../verify/status/requirements';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure, Session } from '../session';
import { ExitCode, Terminal } from '../terminal';

const DESCRIPTION = `Records the approval of the current model: its fingerprint, and the digest of every
productive file. Fails with a list of what is missing
unless all pins are decided, all required checks are verified and fresh, and no waiver
blocks the approval.

From then on, synth writes the productive files. A change of the model withdraws the
approval: synth writes drafts again, and the approved files
stay unchanged until the next approval.

To withdraw an approval, delete its file and run "npx toolbox-constructs synth".`;

/** `toolbox approve` */
export const approve: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    by: { type: 'string', help: 'NAME of the approver (required)' },
    reason: { type: 'string', help: 'TEXT of the reason (required)' },
  },
  async run(args, terminal) {
    if (args.by === undefined || args.reason === undefined) {
      throw new UsageError('an approval requires --by NAME and --reason TEXT.');
    }
    // this request includes the plan, so the app runs once
    const session = await openSession(args, terminal, { request: 'approved-files' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const plan = planOf(session);
    if (plan instanceof Failure) { return reportFailure(plan, args, terminal); }
    if (!session.usable) { return refuse(session.findings, args, terminal); }
    const file = plan.records.approvalFile;
    if (file === undefined) {
      return refuse(
        [statusFinding('records-place', 'The model has no approval file.', { path: plan.name })],
        args,
        terminal,
      );
    }
    const files = approvedFiles(session.document!.files);
    if (isApproved(plan, files)) { return report(plan, file, false, args, terminal); }
    const missing = missingBefore(plan);
    return missing.length > 0
      ? refuse(missing, args, terminal)
      : record(session.project.root, plan, { file, files }, args, terminal);
  },
};

/** Returns whether the recorded approval covers the current model and its files. */
function isApproved({ stage, gate: { approval } }: Plan, files: readonly ApprovedFile[]): boolean {
  return stage === 'approved' && approval !== undefined && differingFiles(files, approval.files).length === 0;
}

/** Returns what is missing before an approval can be recorded. */
function missingBefore(plan: Plan) {
  const open = new Set(plan.gate.missing.flatMap((missing) => (missing.kind === 'check' ? [missing.name] : [])));
  return [
    ...plan.checks.filter(({ name }) => open.has(name)).map(unverified),
    ...gateFindings(plan, ['pin', 'waiver']),
  ];
}

function record(
  root: string,
  plan: Plan,
  { file, files }: { file: string; files: ApprovedFile[] },
  args: Arguments,
  terminal: Terminal,
): ExitCode {
  const redactor = redactorFor(root, plan);
  if (redactor instanceof Failure) {
    return reportFailure(redactor, args, terminal);
  }
  const words = { by: redactor.text(String(args.by)), reason: redactor.text(String(args.reason)), at: now() };
  const findings = writeApproval(root, file, approvalOf(plan, files, words));
  return findings.length > 0 ? refuse(findings, args, terminal) : report(plan, file, true, args, terminal);
}

function report(plan: Plan, file: string, written: boolean, args: Arguments, terminal: Terminal): ExitCode {
  const { fingerprint: { digest: fingerprint }, approval } = plan.gate;
  const said = written
    ? `Approved: ${fingerprint}, in ${file}.\n` +
      'Run "npx toolbox-constructs synth" to write the productive files, and commit both.\n'
    : `Already approved by ${approval!.by} on ${dayOf(approval!.at)}. Nothing was written.\n`;
  if (args.json) {
    printJson({ findings: [], fingerprint, file, written }, terminal);
  } else if (!args.quiet) {
    terminal.out(said);
  }
  return ExitCode.SUCCESS;
}

function refuse(findings: Session['findings'], args: Arguments, terminal: Terminal): ExitCode {
  if (args.json) {
    printJson({ findings, written: false }, terminal);
  } else {
    printFindings(findings, args, terminal);
  }
  return ExitCode.FINDINGS;
}
