import { resolve } from 'node:path';
import { WriteResult } from '../../assembly/write-output';
import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { lazy } from '../../util/lazy';
import { Command } from '../command';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure, Session } from '../session';
import { ExitCode } from '../terminal';

const writer = lazy(() => require('../../assembly/write-output') as typeof import('../../assembly/write-output'));

const DESCRIPTION = `Runs the model and writes the generated files to the output folder. Files with the same
bytes are not touched, generated files that left the model are removed, other files are
left alone. If a finding is an error, nothing is written. If a synth was interrupted, run
it again: it completes the folder.`;

/** `toolbox synth` */
export const synth: Command = {
  description: DESCRIPTION,
  options: APP_OPTIONS,
  async run(args, terminal) {
    const session = await openSession(args, terminal, { meanwhile: () => void writer() });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const result = write(session);
    const findings = [...session.findings, ...result.findings];
    if (args.json) {
      printJson({ findings, written: result.written, removed: result.removed, unchanged: result.unchanged }, terminal);
    } else {
      printFindings(findings, args, terminal);
      if (!hasErrors(findings)) { terminal.out(summary(session.project.outdir, result, args.quiet === true)); }
    }
    return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  },
};

function write({ project, document, usable }: Session): WriteResult {
  if (!usable) { return { findings: [], written: [], removed: [], unchanged: 0 }; }
  const { source, kept, files } = document!;
  return writer().writeOutput(resolve(project.root, project.outdir), files, { source, label: project.outdir, kept });
}

function summary(outdir: string, { written, removed, unchanged }: WriteResult, quiet: boolean): string {
  if (quiet) { return ''; }
  const lines = [
    ...written.map((path) => `wrote ${outdir}/${path}`),
    ...removed.map((path) => `removed ${outdir}/${path}, which is no longer generated`),
  ];
  return [...lines, `${outdir}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged`, ''].join(
    '\n',
  );
}
