import { CheckPlan, Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Block, section, table } from '../page';
import { count, names, sentence } from '../words';

/** What was seen to work, and what nobody has seen yet. */
export function checkSection(plan: Plan): Block {
  const seen = plan.checks.filter((check) => check.byHand !== undefined).length;
  return section(md`Verification`, plan.checks.length === 0 ? [] : [
    seen === 0
      ? md`None of ${count(plan.checks.length, md`check`, md`checks`)} is verified.`
      : md`${seen} of ${count(plan.checks.length, md`check`, md`checks`)} verified, by hand: somebody wrote down what they saw, and no run is recorded.`,
    table([md`Check`, md`Covers`, md`Command`, md`Must be seen`, md`State`], plan.checks.map(checkRow)),
  ]);
}

function checkRow({ title, covers, command, expectation, required, byHand }: CheckPlan): Markdown[] {
  return [
    required ? text(title) : md`${text(title)} (not required)`,
    names(covers),
    codeSpan(command),
    prose(expectation),
    byHand === undefined ? md`**to verify**` : md`verified by hand, by ${text(byHand.by)}: ${sentence(prose(byHand.note))}`,
  ];
}
