import { Plan, VolumePlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { Block, section, table } from '../page';
import { names, size } from '../words';

/** Where data is kept, and who may change it. */
export function dataSection(plan: Plan): Block {
  return section(md`Data`, [table([md`Volume`, md`What`, md`Kept in`, md`Size`, md`May write`, md`May only read`], plan.volumes.map(volumeRow))]);
}

function volumeRow({ name, description, source, megabytes, users }: VolumePlan): Markdown[] {
  const writers = new Set(users.filter((user) => !user.readOnly).map((user) => user.service));
  const readers = new Set(users.map((user) => user.service).filter((user) => !writers.has(user)));
  return [
    codeSpan(name),
    prose(description),
    source.kind === 'persistent' ? md`a volume` : md`the host's ${codeSpan(source.directory)}`,
    size(megabytes),
    names([...writers]),
    names([...readers]),
  ];
}
