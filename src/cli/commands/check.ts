import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { Command } from '../command';
import { compare, Comparison, formatDrift, formatWords } from '../compare';
import { APP_OPTIONS, printFindings, printJson, reportFailure } from '../session';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Compares the files of the model with the output folder, without writing. For CI.
Prints what the model widens and narrows, then the diff. Exit code 1 if anything differs.`;

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
    return hasErrors(findings) || drift.length > 0 ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  },
};

function verdict({ outdir, compared, findings, changes, drift, unchanged }: Comparison, quiet: boolean): string {
  if (!compared || (drift.length === 0 && hasErrors(findings))) { return ''; }
  if (drift.length === 0) { return quiet ? '' : `${outdir}: all ${unchanged} files match the model\n`; }
  const names = quiet ? drift.map(({ path }) => `${outdir}/${path}\n`).join('') : '';
  // what synth would narrow is open now: a manual edit, or a change not yet synthesized
  const open = changes.filter(({ effect }) => effect === 'narrowed').length;
  const warning =
    open === 0
      ? ''
      : `${outdir}: the committed files allow more than the model in ${open} ${open === 1 ? 'place' : 'places'}.\n`;
  const total = drift.length + unchanged;
  return `${names}${warning}${outdir}: ${drift.length} of ${total} files differ from the model. ` +
    'Run "npx toolbox-constructs synth" and commit the result.\n';
}
