import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { compare, formatDrift, formatWords } from '../compare';
import { APP_OPTIONS, printFindings, printJson, reportFailure } from '../session';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Shows what synth would change in the output folder, without writing: first what is
WIDENED and narrowed, then the diff. With --quiet, what is widened and the file names.
For a review, --since main compares with the files of that git revision instead.
Exit code 1 if anything differs.`;

/** `toolbox diff` */
export const diff: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    since: { type: 'string', help: 'Compare with the files of a git REVISION instead of the working tree' },
  },
  async run(args, terminal) {
    const comparison = await compare(args, terminal, args.since as string | undefined);
    if (comparison instanceof Failure) { return reportFailure(comparison, args, terminal); }
    const { findings, changes, unread, drift, outdir, unchanged } = comparison;
    if (args.json) {
      printJson({ findings, changes, unread, drift, unchanged }, terminal);
    } else {
      terminal.out(
        formatWords(comparison, args.quiet ? ['widened'] : ['widened', 'narrowed', 'neutral'], terminal.outColor),
      );
      terminal.out(
        args.quiet
          ? drift.map(({ path }) => `${outdir}/${path}\n`).join('')
          : formatDrift(outdir, drift, terminal.outColor),
      );
      printFindings(findings, args, terminal);
    }
    return hasErrors(findings) || drift.length > 0 ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  },
};
