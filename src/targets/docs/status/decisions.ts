import { DecisionPlan, Plan } from '../../../plan/plan';
import { md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Block, bullets, section } from '../page';
import { sentence } from '../words';

/** What was chosen, why, and instead of what. */
export function decisionSection(plan: Plan): Block {
  return section(md`Decisions`, plan.decisions.map(decision));
}

function decision({ title, choice, reasons, alternatives }: DecisionPlan): Block {
  return section(text(title), [
    md`Chosen: **${sentence(prose(choice))}**`,
    bullets(reasons.map((reason) => sentence(prose(reason)))),
    alternatives.length === 0 ? undefined : md`Not chosen:`,
    bullets(alternatives.map((alternative) => sentence(prose(alternative)))),
  ], 3);
}
