import { Plan } from '../../../plan/plan';
import { from, origin } from '../../origin';
import { codeSpan } from '../escape/code-span';
import { prose } from '../escape/prose';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { day, sentence } from '../words';

/** Which rules are let off, for what, until when, and why. */
export function waiverSection({ waivers }: Plan, messages: Messages): Block {
  const { exemptions: words } = messages;
  return section(words.waivers, [
    table(
      messages.page,
      words.waiverColumns,
      waivers.map(({ path, rule, scope, until, blocksApproval, reason }) =>
        from(
          () => origin([path, scope], ['waiver']),
          [
            codeSpan(rule),
            codeSpan(scope),
            until === undefined ? words.noLastDay : day(messages, until),
            words.blocks(blocksApproval),
            sentence(prose(reason)),
          ],
        ),
      ),
    ),
  ]);
}

/** Accepted findings of external linters. */
export function suppressionSection({ linterSuppressions }: Plan, messages: Messages): Block {
  const { exemptions: words } = messages;
  return section(words.suppressions, linterSuppressions.length === 0 ? [] : [
    words.suppressionsIntro,
    table(messages.page, words.suppressionColumns, linterSuppressions.map(({ linter, check, where, reason }) => [
      codeSpan(linter), codeSpan(check), codeSpan(where), sentence(prose(reason)),
    ])),
  ]);
}
