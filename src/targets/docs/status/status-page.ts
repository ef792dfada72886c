import { checkSection } from './checks';
import { composeCommands } from './compose-commands';
import { dataSection } from './data';
import { decisionSection } from './decisions';
import { kubernetesCommands } from './kubernetes-commands';
import { overrideSection } from './overrides';
import { parameterSection } from './parameters';
import { pinSection } from './pins';
import { policySection } from './policies';
import { reachSection } from './reach';
import { secretSection } from './secrets';
import { serviceSection } from './services';
import { stageSection } from './stage';
import { suppressionSection, waiverSection } from './waivers';
import { Plan } from '../../../plan/plan';
import { statusSummary } from '../../../plan/status-summary';
import { FidelityEntry, OverrideEffect } from '../../../plan/target-output';
import { TargetFile } from '../../target-file';
import { link } from '../escape/link';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, numbered, page, section } from '../page';
import { sentence } from '../words';

/** The same page in another language. */
export interface Translation {
  readonly language: string;
  /** Name of the file beside the page. */
  readonly file: string;
}

/** The status page in one language: what the toolbox is made of, what was seen to work, and what is missing. */
export function statusPage(
  plan: Plan,
  fidelity: readonly FidelityEntry[],
  messages: Messages,
  translations: readonly Translation[],
  effects: readonly OverrideEffect[] = [],
): Omit<TargetFile, 'path'> {
  return page(plan, messages.page.title(text(plan.title)), [
    joined(translations.map(({ language, file }) => link(language, file))),
    summaryLine(plan, messages),
    plan.description === '' ? undefined : sentence(prose(plan.description)),
    stageSection(plan, messages),
    checkSection(plan, messages),
    serviceSection(plan, messages),
    dataSection(plan, messages),
    pinSection(plan, messages),
    decisionSection(plan, messages),
    policySection(plan, messages),
    reachSection(plan, messages),
    parameterSection(plan, messages),
    secretSection(plan, messages),
    waiverSection(plan, messages),
    overrideSection(plan, effects, messages),
    suppressionSection(plan, messages),
    commandsSection(plan, fidelity, messages),
    section(messages.page.roadmap, [numbered(plan.roadmap.map(prose))]),
  ]);
}

/** How the toolbox stands, as `toolbox status` says it. */
function summaryLine(plan: Plan, { summary: words }: Messages): Markdown {
  const summary = statusSummary(plan);
  return md`${words.stage(summary.stage)} · ${words.checks(summary)} · ${words.gate(summary.missing)}`;
}

function commandsSection(plan: Plan, fidelity: readonly FidelityEntry[], messages: Messages): Block {
  const { page: words } = messages;
  const refused = fidelity.filter((entry) => entry.verdict === 'refused').length;
  const intro = words.commandsIntro(link(words.fidelity, 'FIDELITY.md'));
  return section(words.commands, [
    refused === 0 ? intro : md`${intro} ${words.factsRefused(refused)}`,
    composeCommands(plan, messages),
    kubernetesCommands(plan, messages),
  ]);
}
