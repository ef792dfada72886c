import { Plan, VolumePlan } from '../../../plan/plan';
import { from, Origin, together } from '../../origin';
import { ofNamed } from '../../service-origins';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { names, size } from '../words';

/** Where data is kept, and who may change it. */
export function dataSection(plan: Plan, messages: Messages): Block {
  const { data: words } = messages;
  return section(words.heading, [
    table(
      messages.page,
      words.columns,
      plan.volumes.map((volume) => from(() => ofRow(plan, volume), volumeRow(volume, messages))),
    ),
  ]);
}

function ofRow(plan: Plan, { name, users }: VolumePlan): Origin {
  return together(
    ofNamed(plan.volumes, name, 'volume', 'mount'),
    ...users.map(({ service }) => ofNamed(plan.services, service)),
  );
}

function volumeRow({ name, description, source, megabytes, users }: VolumePlan, messages: Messages): Markdown[] {
  const { data: words } = messages;
  const writers = new Set(users.filter((user) => !user.readOnly).map((user) => user.service));
  const readers = new Set(users.map((user) => user.service).filter((user) => !writers.has(user)));
  return [
    codeSpan(name),
    prose(description),
    placeOf(source, words),
    source.kind === 'external' ? md`` : size(messages, megabytes),
    names(messages, [...writers]),
    names(messages, [...readers]),
  ];
}

function placeOf(source: VolumePlan['source'], words: Messages['data']): Markdown {
  switch (source.kind) {
    case 'persistent': return words.volume;
    case 'external': return words.existing;
    case 'host-directory': return words.hostFolder(codeSpan(source.directory));
  }
}
