import { groupBy } from '../../../plan/collections';
import { hostAddress, hostPortOf } from '../../../plan/host-port';
import { NetworkPlan, Place, Plan, PortPlan, ReachPlan, ServicePlan } from '../../../plan/plan';
import { everyReach, ServiceReach } from '../../../plan/reaches';
import { from, Origin, together } from '../../origin';
import { ofNamed, ofService } from '../../service-origins';
import { codeSpan, fence } from '../escape/code-span';
import { link } from '../escape/link';
import { joined, Markdown } from '../escape/markdown';
import { Messages } from '../messages/messages';
import { Block, folded, GroupedRow, groupedTable, section } from '../page';
import { where } from '../words';
import { diagram } from './diagram';

/** Connections of one network that are listed one by one. */
const MOST_PAIRS = 40;

/** Services in one cell. */
const MOST_TARGETS = 20;

/** Renders who reaches whom; nothing else does. */
export function reachSection(plan: Plan, messages: Messages): Block {
  const { reach: words } = messages;
  const crowded = crowdedNetworks(plan);
  const isListed = (reach: ReachPlan): boolean => reach.from === undefined && crowded.has(reach.network);
  const single = { ...plan, reaches: plan.reaches.filter((reach) => !isListed(reach)) };
  const rows = [
    ...plan.services.flatMap((service) => outsideRows(service, messages)),
    ...everyReach(single).map((reach) => reachRow(plan, reach, messages)),
    ...memberReaches(plan.reaches.filter(isListed)).map((reach) => memberRow(plan, crowded, reach, messages)),
  ];
  return section(words.heading, rows.length === 0 ? [] : [
    words.intro(link(messages.page.fidelity, 'FIDELITY.md')),
    ...picture(plan, messages),
    groupedTable(messages.page, words.columns, rows),
    ...[...crowded.values()].map(({ name, members }) =>
      folded(words.membersGroup(name, members.length), joined(members.map(codeSpan)))),
  ]);
}

/** Finds the networks of which a list of all connections would be too long: it grows with the square of the members. */
function crowdedNetworks({ networks, reaches }: Plan): Map<string, NetworkPlan> {
  const counts = groupBy(reaches.filter(({ from: client }) => client === undefined), ({ network }) => network);
  return new Map(networks
    .filter(({ name, members }) => (counts.get(name) ?? []).length * (members.length - 1) > MOST_PAIRS)
    .map((network) => [network.name, network]));
}

/** Destinations that all members of a network reach in the same way. */
interface MemberReach {
  readonly network: string;
  readonly places: readonly Place[];
  /** Undefined for the internet. */
  readonly port?: string;
  /** Up to {@link MOST_TARGETS} services. */
  readonly targets: readonly string[];
}

function memberReaches(reaches: readonly ReachPlan[]): MemberReach[] {
  const alike = groupBy(reaches, ({ to, network, places }) =>
    [network, to.kind === 'internet' ? '' : `${to.port}/${to.protocol}`, ...places].join('\t'));
  return [...alike.values()].flatMap((group) => {
    const [{ to, network, places }] = group;
    if (to.kind === 'internet') { return [{ network, places, targets: [] }]; }
    const names = group.flatMap((one) => (one.to.kind === 'internet' ? [] : [one.to.name]));
    return Array.from({ length: Math.ceil(names.length / MOST_TARGETS) }, (_, index): MemberReach => ({
      network,
      places,
      port: `${to.port}/${to.protocol}`,
      targets: names.slice(index * MOST_TARGETS, (index + 1) * MOST_TARGETS),
    }));
  });
}

function memberRow(
  plan: Plan,
  networks: ReadonlyMap<string, NetworkPlan>,
  { network, places, port, targets }: MemberReach,
  messages: Messages,
): GroupedRow {
  const { reach: words } = messages;
  return {
    group: words.networkGroup(network),
    cells: from(() => ofNamed(plan.networks, network, 'network', 'port'), [
      words.everyMember(networks.get(network)?.members.length ?? 0),
      port === undefined ? words.internet : joined(targets.map(codeSpan)),
      port === undefined ? words.anyPort : codeSpan(port),
      codeSpan(network),
      where(messages, places),
    ]),
  };
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

function ofRow(plan: Plan, { from: client, to, network }: ServiceReach): Origin {
  const server = to.kind === 'internet' ? [] : [
    ofNamed(plan.services, to.name),
    ofNamed(plan.hostServices, to.name),
  ];
  return together(
    ofNamed(plan.services, client, 'network', 'port'), ...server, ofNamed(plan.networks, network, 'network'),
  );
}

function reachRow(plan: Plan, reach: ServiceReach, messages: Messages): GroupedRow {
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
