import { RuleEntry, ruleRegistry } from '../../rules/registry';
import { Command } from '../command';
import { printJson } from '../session';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Lists all rules with their fixes: those of the model, the inventories, the output folder
and the command.`;

/** `toolbox rules` */
export const rulesCommand: Command = {
  description: DESCRIPTION,
  options: {},
  run: (args, terminal) => {
    const rows = ruleRegistry();
    if (args.json) {
      printJson(rows, terminal);
    } else {
      terminal.out(rows.map((row) => (args.quiet ? `${row.id}\n` : formatRow(row))).join(''));
    }
    return Promise.resolve(ExitCode.SUCCESS);
  },
};

function formatRow({ id, severity, title, fix, waivable }: RuleEntry): string {
  return `${id} (${severity}${waivable ? ', waivable' : ''})\n  ${title}\n  fix: ${fix}\n\n`;
}
