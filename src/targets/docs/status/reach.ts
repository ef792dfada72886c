import { hostAddress, hostPortOf } from '../../../plan/host-port';
import { Plan, PortPlan, ReachPlan, ServicePlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { fence } from '../escape/fence';
import { link } from '../escape/link';
import { Markdown } from '../escape/markdown';
import { Messages } from '../messages/messages';
import { Block, GroupedRow, groupedTable, section } from '../page';
import { where } from '../words';
import { diagram } from './diagram';

/** Who reaches whom; nothing else does. */
export function reachSection(plan: Plan, messages: Messages): Block {
  const { reach: words } = messages;
  const rows = [
    ...plan.services.flatMap((service) => outsideRows(service, messages)),
    ...plan.reaches.map((reach) => reachRow(reach, messages)),
  ];
  return section(words.heading, rows.length === 0 ? [] : [
    words.intro(link(messages.page.fidelity, 'FIDELITY.md')),
    ...picture(plan, messages),
    groupedTable(messages.page, words.columns, rows),
  ]);
}

function picture(plan: Plan, messages: Messages): Block[] {
  const { reach: words } = messages;
  const drawn = diagram(plan, messages);
  if (drawn === undefined) {
    return [words.tooMuchToDraw(plan.services.length)];
  }
  return [fence('mermaid', drawn), plan.profiles.length === 0 ? undefined : words.roundCorners];
}

function outsideRows({ name, ports, places }: ServicePlan, { reach: words, words: { place } }: Messages): GroupedRow[] {
  return ports.flatMap((port) =>
    port.exposure === 'internal' || !places.includes('workstation')
      ? []
      : [
        {
          group: words.hostNetworkGroup,
          cells: [
            words.outside(port.exposure),
            codeSpan(name),
            outsidePort(port, words),
            words.hostNetwork,
            place.workstation,
          ],
        },
      ],
  );
}

function outsidePort(port: PortPlan, words: Messages['reach']): Markdown {
  const address = `${hostAddress(port)}:${hostPortOf(port)}`;
  return words.asAddress(codeSpan(`${port.port}/${port.protocol}`), codeSpan(address));
}

function reachRow({ from, to, network, places }: ReachPlan, messages: Messages): GroupedRow {
  const { reach: words } = messages;
  const [target, port] =
    to.kind === 'internet'
      ? [words.internet, words.anyPort]
      : [
        to.kind === 'service' ? codeSpan(to.name) : words.onHost(codeSpan(to.name)),
        codeSpan(`${to.port}/${to.protocol}`),
      ];
  return {
    group: words.networkGroup(network),
    cells: [codeSpan(from), target, port, codeSpan(network), where(messages, places)],
  };
}
