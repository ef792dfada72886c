import { Plan } from '../../../plan/plan';
import { from, fromEach, origin } from '../../origin';
import { ofSecret } from '../../service-origins';
import { codeSpan } from '../escape/code-span';
import { prose } from '../escape/prose';
import { Messages } from '../messages/messages';
import { Block, bullets, section, table } from '../page';
import { outputPlaces } from '../places';
import { names } from '../words';

/** The secrets, by name; their values are never known here. */
export function secretSection(plan: Plan, messages: Messages): Block {
  const { secrets: words } = messages;
  const { envExample } = outputPlaces(plan);
  const rows = plan.envFiles.flatMap(({ file, name: envFile, keys }) =>
    keys.map(({ name, description, usedBy }) =>
      from(
        () => ofSecret(plan, { envFile, key: name }),
        [codeSpan(file), codeSpan(name), prose(description), names(messages, usedBy)],
      ),
    ),
  );
  const { secretFiles = [] } = plan;
  rows.push(...secretFiles.map(({ path, file, description, usedBy }) => from(
    () => origin([path], ['secret']),
    [codeSpan(file), words.wholeFile, prose(description), names(messages, usedBy)],
  )));
  return section(words.heading, [
    rows.length === 0 ? undefined : words.intro,
    table(messages.page, words.columns, rows),
    bullets(
      messages.page,
      fromEach(
        (index) => origin([[...plan.envFiles, ...secretFiles][Number(index)].path], ['secret']),
        [
          ...plan.envFiles.map(({ file, name }) =>
            words.howTo(codeSpan(file), codeSpan(envExample(file)), codeSpan(name)),
          ),
          ...secretFiles.map(({ file, name }) => words.howToFile(codeSpan(file), codeSpan(name))),
        ],
      ),
    ),
  ]);
}
