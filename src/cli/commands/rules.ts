import { APP_RULES } from '../../app/app-rules';
import { OUTPUT_RULES } from '../../assembly/output-rules';
import { INVENTORY_RULES } from '../../inventory/inventory-rules';
import { sortedBy } from '../../plan/order';
import { PINS_RULES } from '../../registry/pins-rules';
import { rules } from '../../rules';
import { STATUS_RULES } from '../../verify/status/status-rules';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { printJson } from '../session';

const DESCRIPTION = `Lists everything that is refused or warned about: the rules of the model, those of the
inventories, of the output folder and of the command itself, each with how to mend it.`;

interface Row {
  readonly id: string;
  readonly severity: string;
  readonly title: string;
  readonly mend: string;
  readonly waivable: boolean;
}

/** `toolbox rules` */
export const rulesCommand: Command = {
  description: DESCRIPTION,
  options: {},
  run: (args, terminal) => {
    const rows = allRows();
    if (args.json) {
      printJson(rows, terminal);
    } else {
      terminal.out(rows.map((row) => (args.quiet ? `${row.id}\n` : formatRow(row))).join(''));
    }
    return Promise.resolve(ExitCode.FINE);
  },
};

function allRows(): Row[] {
  const model = rules.map(({ id, severity, title, mend, waivable }): Row => ({ id, severity, title, mend, waivable }));
  const fixed = [...INVENTORY_RULES, ...OUTPUT_RULES, ...APP_RULES, ...PINS_RULES, ...STATUS_RULES];
  const others = fixed.map((rule): Row => ({ ...rule, waivable: false }));
  return sortedBy([...model, ...others], (row) => row.id);
}

function formatRow({ id, severity, title, mend, waivable }: Row): string {
  return `${id} (${severity}${waivable ? ', can be waived' : ''})\n  ${title}\n  mend: ${mend}\n\n`;
}
