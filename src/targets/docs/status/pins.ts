import { PinPlan, Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Block, section, table } from '../page';
import { names, sentence } from '../words';

/** Which versions were chosen, and what holds them. */
export function pinSection(plan: Plan): Block {
  return section(md`Pins`, [
    table([md`Component`, md`Version`, md`Runs on`, md`Held by`, md`Decided`, md`Used by`, md`Notes`], plan.pins.map(pinRow)),
  ]);
}

function pinRow({ component, title, version, runsOn, artifact, status, usedBy, notes }: PinPlan): Markdown[] {
  return [
    title === component ? codeSpan(component) : md`${text(title)} (${codeSpan(component)})`,
    version === undefined ? md`to be decided` : codeSpan(version),
    joined(runsOn.map(text)),
    holder(artifact, version),
    status === 'decided' ? md`yes` : md`no`,
    names(usedBy, md``),
    notes === '' ? md`` : sentence(prose(notes)),
  ];
}

function holder(artifact: PinPlan['artifact'], version: string | undefined): Markdown {
  switch (artifact.kind) {
    case 'image': {
      const name = codeSpan(artifact.tag === undefined ? artifact.repository : `${artifact.repository}:${artifact.tag}`);
      return artifact.digest === undefined
        ? md`image ${name}, digest missing: ${sentence(prose(artifact.missingReason ?? 'no reason was given'))}`
        : md`image ${name}, ${codeSpan(artifact.digest)}`;
    }
    case 'npm':
      return artifact.integrity === undefined
        ? md`npm package ${codeSpan(artifact.name)}, integrity not recorded`
        : md`npm package ${codeSpan(artifact.name)}, ${codeSpan(artifact.integrity)}`;
    case 'none':
      return version === undefined ? md`nothing yet` : md`its version alone`;
  }
}
