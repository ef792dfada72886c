import { DecisionPlan, Plan } from '../../../plan/plan';
import { origin } from '../../origin';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, bullets, section } from '../page';
import { sentence } from '../words';

/** Decisions with their reasons and alternatives. */
export function decisionSection(plan: Plan, messages: Messages): Block {
  return section(messages.decisions.heading, plan.decisions.map((one) => decision(one, messages)));
}

function decision(
  { path, title, choice, reasons, alternatives }: DecisionPlan,
  { decisions: words, page }: Messages,
): Block {
  return section(
    text(title),
    [
      words.chosen(sentence(prose(choice))),
      bullets(
        page,
        reasons.map((reason) => sentence(prose(reason))),
      ),
      alternatives.length === 0 ? undefined : words.notChosen,
      bullets(
        page,
        alternatives.map((alternative) => sentence(prose(alternative))),
      ),
    ],
    3,
    () => origin([path], ['text']),
  );
}
