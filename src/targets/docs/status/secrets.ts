import { EnvFilePlan, Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { Block, bullets, section, table } from '../page';
import { outputPlaces } from '../places';
import { names } from '../words';

/** Which secrets there are, by name; nobody here knows a value. */
export function secretSection(plan: Plan): Block {
  const rows = plan.envFiles.flatMap(({ file, keys }) => keys.map(({ name, description, usedBy }) => (
    [codeSpan(file), codeSpan(name), prose(description), names(usedBy)])));
  return section(md`Secrets`, [
    rows.length === 0 ? undefined : md`Only names are here. Values live in files that are never committed, and in the cluster's own Secrets.`,
    table([md`File`, md`Key`, md`What`, md`Used by`], rows),
    bullets(plan.envFiles.map((file) => howTo(plan, file))),
  ]);
}

function howTo(plan: Plan, { file, name }: EnvFilePlan): Markdown {
  const example = outputPlaces(plan).envExample(file);
  return md`${codeSpan(file)}: on a workstation copy ${codeSpan(example)} to it and fill in the values; in a cluster make the Secret ${codeSpan(name)} from it. Both are in the commands below.`;
}
