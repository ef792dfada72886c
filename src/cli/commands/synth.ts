import { resolve } from 'node:path';
import { WriteResult } from '../../assembly/write-output';
import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure, Session } from '../session';

const DESCRIPTION = `Runs the model and brings the output folder to what it gives: all files, or none.
Files with the same bytes are not touched, files of ours that are no longer generated
are removed, files that are not ours are left alone. With a finding that is an error
nothing is written.`;

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
    return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.FINE;
  },
};

function write({ project, document, usable }: Session): WriteResult {
  const outdir = resolve(project.root, project.outdir);
  if (usable) {
    const { source, kept, files } = document!;
    return writer().writeOutput(outdir, files, { source, label: project.outdir, kept });
  }
  // nothing new is written, but what a killed run left half done is not to stay
  return { findings: writer().recoverOutput(outdir, project.outdir), written: [], removed: [], unchanged: 0 };
}

function writer() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded while the app runs
  return require('../../assembly/write-output') as typeof import('../../assembly/write-output');
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
