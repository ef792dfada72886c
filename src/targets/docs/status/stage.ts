import { CheckPlan, PinPlan, Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { text } from '../escape/text';
import { Block, bullets, section } from '../page';
import { outputPlaces } from '../places';
import { names } from '../words';

/** What the stage means, and what stands between a draft and its approval. */
export function stageSection(plan: Plan): Block {
  const file = codeSpan(outputPlaces(plan).composeFile);
  if (plan.stage === 'approved') {
    return section(md`Stage: approved`, [md`The architecture is approved. The productive Compose file is ${file}.`]);
  }
  return section(md`Stage: draft`, [
    md`The architecture is not approved, so nothing generated here is for productive use, and the Compose file is named ${file}.`,
    md`To pass the gate:`,
    bullets([checkItem(plan.checks), pinItem(plan.pins), digestItem(plan.pins), md`A person approves the architecture.`]),
  ]);
}

function checkItem(checks: readonly CheckPlan[]): Markdown {
  const required = checks.filter((check) => check.required);
  const open = required.filter((check) => check.byHand === undefined);
  return open.length === 0
    ? md`Every required check is verified, by hand at least: done.`
    : md`Every required check is verified: ${required.length - open.length} of ${required.length} done. To verify: ${joined(open.map((check) => text(check.title)), '; ')}.`;
}

function pinItem(pins: readonly PinPlan[]): Markdown {
  const open = pins.filter((pin) => pin.status === 'undecided');
  return open.length === 0
    ? md`Every version is decided: done.`
    : md`Every version is decided: ${pins.length - open.length} of ${pins.length} done. Undecided: ${names(open.map((pin) => pin.component))}.`;
}

function digestItem(pins: readonly PinPlan[]): Markdown {
  const images = pins.filter((pin) => pin.artifact.kind === 'image');
  const open = images.filter((pin) => pin.artifact.kind === 'image' && pin.artifact.digest === undefined);
  return open.length === 0
    ? md`Every image is pinned by digest: done.`
    : md`Every image is pinned by digest: ${images.length - open.length} of ${images.length} done. Without one: ${names(open.map((pin) => pin.component))}.`;
}
