import { stateWord } from './checks';
import { ApprovalPlan, MissingPlan, Plan } from '../../../plan/plan';
import { Step } from '../../../util/yaml-text';
import { fromEach, Origin, origin, together } from '../../origin';
import { ofNamed, ofToolbox } from '../../service-origins';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, bullets, section } from '../page';
import { outputPlaces } from '../places';
import { changesText, listOf, moment, names, sentence } from '../words';

const VERIFY = 'npx toolbox-constructs verify';
const APPROVE = 'npx toolbox-constructs approve --by NAME --reason TEXT';
const APPROVAL_PROPERTY = 'approval: Approval.fromFile(\'inventories/approval.yaml\')';

/** The stage, the approval, and the missing conditions for it. */
export function stageSection(plan: Plan, messages: Messages): Block {
  const { stage: words } = messages;
  return section(
    words.heading(plan.stage),
    plan.stage === 'approved' ? approvedBlocks(plan, messages) : draftBlocks(plan, messages),
    2,
    () => ofToolbox(plan, 'gate'),
  );
}

function approvedBlocks(plan: Plan, messages: Messages): Block[] {
  const { stage: words } = messages;
  const { approval } = plan.gate;
  return [
    words.approved(...places(plan)),
    approval && sentence(words.approval(text(approval.by), moment(messages, approval.at), prose(approval.reason))),
    approval && words.fingerprint(codeSpan(approval.fingerprint)),
  ];
}

function draftBlocks(plan: Plan, messages: Messages): Block[] {
  const { stage: words } = messages;
  const { approval, missing } = plan.gate;
  return [
    words.draft(...places(plan)),
    missing.length === 0 ? undefined : words.missing,
    missingItems(plan, messages),
    plan.records.approvalFile === undefined ? words.noApprovalFile(codeSpan(APPROVAL_PROPERTY)) : undefined,
    ...approval === undefined ? [] : earlierBlocks(plan, approval, messages),
  ];
}

/** Approved files that differ from the model. */
function earlierBlocks(
  { outdir }: Plan,
  { by, at, reason, changes, files }: ApprovalPlan,
  messages: Messages,
): Block[] {
  const { stage: words } = messages;
  return [
    sentence(words.lastApproval(text(by), moment(messages, at), prose(reason))),
    changes.length === 0 ? undefined : words.since(changesText(messages, changes)),
    files.length === 0
      ? undefined
      : words.filesStay(
        codeSpan(outdir),
        names(
          messages,
          files.map(({ path }) => path),
        ),
      ),
  ];
}

function missingItems(plan: Plan, messages: Messages): Block {
  const { stage: words } = messages;
  const checks = missingOf(plan, 'check').map(({ name }) => name);
  const pins = missingOf(plan, 'pin').map(({ component }) => component);
  const waivers = missingOf(plan, 'waiver').map(({ path }) => path);
  const items: readonly (readonly [Markdown, Origin])[] = [
    ...some(checks, (list) => [
      words.missingChecks(list.length, checkList(plan, list, messages), codeSpan(VERIFY)),
      together(...list.map((name) => ofNamed(plan.checks, name))),
    ]),
    ...some(pins, (list) => [
      words.missingPins(list.length, names(messages, list), inventories(plan, list, messages)),
      origin([], [], { components: list }),
    ]),
    ...some(waivers, (list) => [
      words.missingWaivers(list.length, waiverList(plan, list, messages)),
      origin(list, []),
    ]),
    ...missingOf(plan, 'approval').map(
      () => [words.missingApproval(codeSpan(APPROVE)), ofToolbox(plan)] as const,
    ),
  ];
  const ofItem = (index: Step) => together(items[Number(index)][1], ofToolbox(plan, 'gate'));
  return bullets(messages.page, fromEach(ofItem, items.map(([item]) => item)));
}

function some<T>(list: readonly string[], item: (list: readonly string[]) => readonly [Markdown, T]) {
  return list.length === 0 ? [] : [item(list)];
}

function missingOf<Kind extends MissingPlan['kind']>(
  { gate }: Plan,
  kind: Kind,
): Extract<MissingPlan, { kind: Kind }>[] {
  return gate.missing.filter((one): one is Extract<MissingPlan, { kind: Kind }> => one.kind === kind);
}

/** Names of checks, each with its state. */
function checkList({ checks }: Plan, missing: readonly string[], messages: Messages): Markdown {
  const states = new Map(checks.map(({ name, status }) => [name, stateWord(status, messages)]));
  return listOf(
    messages,
    missing.map((name) => md`${codeSpan(name)} (${states.get(name) ?? messages.checks.toVerify})`),
  );
}

/** Paths of waivers, each with the rule that it lets off. */
function waiverList({ waivers }: Plan, missing: readonly string[], messages: Messages): Markdown {
  const rules = new Map(waivers.map(({ path, rule }) => [path, rule]));
  return listOf(messages, missing.map((path) => md`${codeSpan(path)} (${codeSpan(rules.get(path) ?? path)})`));
}

/** The files in which a person decides on versions; undefined if unknown. */
function inventories({ pins }: Plan, missing: readonly string[], messages: Messages): Markdown | undefined {
  const open = new Set(missing);
  const files = new Set(
    pins.filter(({ component }) => open.has(component)).flatMap(({ location }) => location?.file ?? []),
  );
  return files.size === 0 ? undefined : names(messages, [...files]);
}

function places(plan: Plan): [Markdown, Markdown] {
  const { composeFile, kubernetesFolder } = outputPlaces(plan);
  return [codeSpan(composeFile), codeSpan(kubernetesFolder)];
}
