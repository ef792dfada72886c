import { FidelityEntry } from '../../../plan/fidelity';
import { Plan } from '../../../plan/plan';
import { link } from '../escape/link';
import { md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { numbered, page, section } from '../page';
import { count, sentence } from '../words';
import { checkSection } from './checks';
import { composeCommands } from './compose-commands';
import { dataSection } from './data';
import { decisionSection } from './decisions';
import { kubernetesCommands } from './kubernetes-commands';
import { pinSection } from './pins';
import { policySection } from './policies';
import { reachSection } from './reach';
import { secretSection } from './secrets';
import { serviceSection } from './services';
import { stageSection } from './stage';
import { waiverSection } from './waivers';

/** The status page: what the toolbox is made of, what was seen to work, and what is missing. */
export function statusPage(plan: Plan, fidelity: readonly FidelityEntry[]): string {
  const refused = fidelity.filter((entry) => entry.verdict === 'refused').length;
  const told = refused === 0 ? md`` : md` **${count(refused, md`fact is`, md`facts are`)} refused there.**`;
  return page(plan, md`${text(plan.title)}: status`, [
    plan.description === '' ? undefined : sentence(prose(plan.description)),
    stageSection(plan),
    serviceSection(plan),
    dataSection(plan),
    pinSection(plan),
    checkSection(plan),
    decisionSection(plan),
    policySection(plan),
    reachSection(plan),
    secretSection(plan),
    waiverSection(plan),
    section(md`Commands`, [
      md`From the project's folder. What each target says in another way or not at all is in ${link('FIDELITY.md', 'FIDELITY.md')}.${told}`,
      composeCommands(plan),
      kubernetesCommands(plan),
    ]),
    section(md`What comes next`, [numbered(plan.roadmap.map(prose))]),
  ]);
}
