import { PARAMETER_FILE } from '../../../plan/parameters';
import { Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { listOf } from '../words';

/** Parameters, with their defaults. */
export function parameterSection({ parameters }: Plan, messages: Messages): Block {
  const { parameters: words } = messages;
  const rows = parameters.map(({ name, default: value, description, uses }) => [
    codeSpan(name),
    value === undefined ? words.required : value === '' ? words.empty : codeSpan(value),
    prose(description),
    listOf(
      messages,
      uses.flatMap(({ path, place }) => (
        typeof place === 'string' ? [md`${codeSpan(path)} (${words.places[place]})`] : [])),
    ),
  ]);
  return section(words.heading, [
    rows.length === 0 ? undefined : words.intro(codeSpan(PARAMETER_FILE)),
    table(messages.page, words.columns, rows),
  ]);
}
