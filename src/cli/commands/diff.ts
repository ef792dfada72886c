import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { compare, formatDrift, formatWords } from '../compare';
import { ExitCode } from '../exit-code';
import { APP_OPTIONS, printFindings, printJson, reportFailure } from '../session';

const DESCRIPTION = `Runs the model and shows what synth would change in the output folder, without
changing it: first in words, from the committed files to the model, what is WIDENED
at the top; then as text. With --quiet, what is widened and the names of the files.
For a review, --since main compares with the files of that revision of git instead.
Ends with exit code 1 if anything differs.`;

/** `toolbox diff` */
export const diff: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    since: { type: 'string', help: 'Compare with the files of a REVISION of git, not with those that lie there' },
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
    return hasErrors(findings) || drift.length > 0 ? ExitCode.FINDINGS : ExitCode.FINE;
  },
};
