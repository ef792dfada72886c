import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { compare, Comparison, formatDrift, formatWords } from '../compare';
import { ExitCode } from '../exit-code';
import { APP_OPTIONS, printFindings, printJson, reportFailure } from '../session';

const DESCRIPTION = `Runs the model and compares what it gives with the files in the output folder.
Prints what differs, first what the model widens and what it narrows, and ends with exit
code 1 if anything does. Writes nothing: it is meant for continuous integration.`;

/** `toolbox check` */
export const check: Command = {
  description: DESCRIPTION,
  options: APP_OPTIONS,
  async run(args, terminal) {
    const comparison = await compare(args, terminal);
    if (comparison instanceof Failure) { return reportFailure(comparison, args, terminal); }
    const { findings, changes, unread, drift, unchanged } = comparison;
    if (args.json) {
      printJson({ findings, changes, unread, drift, unchanged }, terminal);
    } else {
      terminal.out(formatWords(comparison, args.quiet ? ['widened'] : ['widened', 'narrowed'], terminal.outColor));
      if (!args.quiet) { terminal.out(formatDrift(comparison.outdir, drift, terminal.outColor)); }
      printFindings(findings, args, terminal);
      terminal.out(verdict(comparison, args.quiet === true));
    }
    return hasErrors(findings) || drift.length > 0 ? ExitCode.FINDINGS : ExitCode.FINE;
  },
};

function verdict({ outdir, compared, findings, changes, drift, unchanged }: Comparison, quiet: boolean): string {
  if (!compared || (drift.length === 0 && hasErrors(findings))) { return ''; }
  if (drift.length === 0) { return quiet ? '' : `${outdir}: all ${unchanged} files equal the model\n`; }
  const names = quiet ? drift.map(({ path }) => `${outdir}/${path}\n`).join('') : '';
  // what synth would narrow is open now: a hand edit, or a change that nobody has written yet
  const open = changes.filter(({ effect }) => effect === 'narrowed').length;
  const warning =
    open === 0
      ? ''
      : `${outdir}: the committed files allow more than the model, in ${open} ${open === 1 ? 'place' : 'places'}.\n`;
  return `${names}${warning}${outdir}: ${drift.length} of ${drift.length + unchanged} files differ from the model. Run "npx toolbox-constructs synth" and commit the result.\n`;
}
