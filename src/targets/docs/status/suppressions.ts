import { Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { prose } from '../escape/prose';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { sentence } from '../words';

/** What linters from outside find and is right as it is. */
export function suppressionSection({ linterSuppressions }: Plan, messages: Messages): Block {
  const { exemptions: words } = messages;
  return section(words.suppressions, linterSuppressions.length === 0 ? [] : [
    words.suppressionsIntro,
    table(messages.page, words.suppressionColumns, linterSuppressions.map(({ linter, check, where, reason }) => [
      codeSpan(linter), codeSpan(check), codeSpan(where), sentence(prose(reason)),
    ])),
  ]);
}
