import { hostAddress, hostPortOf } from '../../../plan/host-port';
import { Plan, PortPlan, ReachPlan, ServicePlan } from '../../../plan/plan';
import { from, Origin, together } from '../../origin';
import { ofNamed, ofService } from '../../service-origins';
import { codeSpan, fence } from '../escape/code-span';
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
    ...plan.reaches.map((reach) => reachRow(plan, reach, messages)),
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

function outsideRows(service: ServicePlan, { reach: words, words: { place } }: Messages): GroupedRow[] {
  const { name, ports, places } = service;
  return ports.flatMap((port) =>
    port.exposure === 'internal' || !places.includes('workstation')
      ? []
      : [
        {
          group: words.hostNetworkGroup,
          cells: from(() => ofService(service, 'network', 'port'), [
            words.outside(port.exposure),
            codeSpan(name),
            outsidePort(port, words),
            words.hostNetwork,
            place.workstation,
          ]),
        },
      ],
  );
}

function outsidePort(port: PortPlan, words: Messages['reach']): Markdown {
  const address = `${hostAddress(port)}:${hostPortOf(port)}`;
  return words.asAddress(codeSpan(`${port.port}/${port.protocol}`), codeSpan(address));
}

function ofRow(plan: Plan, { from: client, to, network }: ReachPlan): Origin {
  const server = to.kind === 'internet' ? [] : [
    ofNamed(plan.services, to.name),
    ofNamed(plan.hostServices, to.name),
  ];
  return together(
    ofNamed(plan.services, client, 'network', 'port'), ...server, ofNamed(plan.networks, network, 'network'),
  );
}

function reachRow(plan: Plan, reach: ReachPlan, messages: Messages): GroupedRow {
  const { from: client, to, network, places } = reach;
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
    cells: from(() => ofRow(plan, reach), [
      codeSpan(client), target, port, codeSpan(network), where(messages, places),
    ]),
  };
}
