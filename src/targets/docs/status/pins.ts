import { imageName } from '../../../plan/image-reference';
import { PinPlan, Plan } from '../../../plan/plan';
import { from, Origin, origin } from '../../origin';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { names, sentence } from '../words';

/** Which versions were chosen, and what holds them. */
export function pinSection(plan: Plan, messages: Messages): Block {
  const { pins: words } = messages;
  return section(words.heading, [
    withoutDigest(plan.pins, messages),
    table(messages.page, words.columns, plan.pins.map((pin) => from(() => ofPin(plan, pin), pinRow(pin, messages)))),
  ]);
}

function ofPin(plan: Plan, { component, usedBy }: PinPlan): Origin {
  const users = [...plan.services, ...plan.hostServices].filter(({ name }) => usedBy.includes(name));
  return origin(users.map(({ path }) => path), ['pin'], { components: [component] });
}

function withoutDigest(pins: readonly PinPlan[], messages: Messages): Block {
  const images = pins.filter(({ artifact, status }) => artifact.kind === 'image' && status !== 'rejected');
  const open = images.filter(({ artifact }) => artifact.kind === 'image' && artifact.digest === undefined);
  return open.length === 0
    ? undefined
    : messages.pins.withoutDigest(
      open.length,
      images.length,
      names(
        messages,
        open.map((pin) => pin.component),
      ),
    );
}

function pinRow(
  { component, title, version, runsOn, artifact, status, usedBy, notes }: PinPlan,
  messages: Messages,
): Markdown[] {
  const { pins: words } = messages;
  return [
    title === component ? codeSpan(component) : md`${text(title)} (${codeSpan(component)})`,
    version === undefined ? words.toBeDecided : codeSpan(version),
    joined(runsOn.map((where) => runner(where, messages))),
    holder(artifact, version, messages),
    words.decided(status),
    names(messages, usedBy, md``),
    notes === '' ? md`` : sentence(prose(notes)),
  ];
}

function runner(where: string, { pins: words }: Messages): Markdown {
  switch (where) {
    case 'container': return words.container;
    case 'host': return words.host;
    default: return text(where);
  }
}

function holder(artifact: PinPlan['artifact'], version: string | undefined, messages: Messages): Markdown {
  const { pins: words } = messages;
  switch (artifact.kind) {
    case 'image': {
      const name = codeSpan(imageName(artifact));
      return artifact.digest === undefined
        ? words.imageWithout(name, sentence(prose(artifact.missingReason ?? messages.words.noReason)))
        : words.image(name, codeSpan(artifact.digest));
    }
    case 'npm':
      return artifact.integrity === undefined
        ? words.npmWithout(codeSpan(artifact.name))
        : words.npm(codeSpan(artifact.name), codeSpan(artifact.integrity));
    case 'none':
      return version === undefined ? words.nothingYet : words.versionAlone;
  }
}
