import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { Rule, Violation } from './rule';
import { AttachmentPlan, NetworkPlan, ServicePlan } from '../plan/plan';

export const networkSettings: Rule = {
  id: 'network-settings',
  severity: 'error',
  title: 'Addresses and settings of networks are valid',
  fix: 'Use an address such as 172.28.0.10, in a subnet of the network such as 172.28.0.0/16.',
  waivable: false,
  facets: ['network'],
  check: ({ plan }) => {
    const networks = new Map(plan.networks.map((network) => [network.name, network]));
    return [
      ...plan.networks.flatMap(networkProblems),
      ...plan.services.flatMap((service) => [...addressProblems(service, networks), ...hostProblems(service)]),
      ...addressesTwice(plan.services),
    ];
  },
};

function networkProblems({ path, engine = {} }: NetworkPlan): Violation[] {
  const { external, name, subnets = [], ...settings } = engine;
  const given = Object.entries({ ...settings, subnets: engine.subnets })
    .flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return [
    ...(external && given.length > 0
      ? [
        {
          path,
          message: `The network is external, so Compose refuses its settings: ${given.join(', ')}.`,
          fix: 'Remove them: they are set where the network is created.',
        },
      ]
      : []),
    ...(name === '' || /[\s/]/.test(name ?? '')
      ? [
        {
          path,
          message: `${JSON.stringify(name)} is not the name of a network.`,
          fix: 'Use letters, digits, ".", "_" and "-".',
        },
      ]
      : []),
    ...subnets.flatMap(({ subnet, ipRange, gateway }) => [
      ...[subnet, ipRange]
        .filter((range) => range !== undefined && blockOf(range) === undefined)
        .map((range) => ({ path, message: `${JSON.stringify(range)} is not a subnet.` })),
      ...(gateway !== undefined && blockOf(subnet)?.check(gateway, familyOf(gateway)) !== true
        ? [{ path, message: `The gateway ${JSON.stringify(gateway)} is not an address of the subnet ${subnet}.` }]
        : []),
    ]),
  ];
}

/** An engine gives a static address only where the subnet was set. */
function addressProblems(service: ServicePlan, networks: ReadonlyMap<string, NetworkPlan>): Violation[] {
  const { path } = service;
  return service.attachments.flatMap((attachment) => {
    const engine = networks.get(attachment.network)?.engine;
    const subnets = (engine?.subnets ?? []).flatMap(({ subnet }) => blockOf(subnet) ?? []);
    return staticAddresses(attachment)
      .filter(
        ({ address, isValid }) =>
          !isValid(address) || (!engine?.external && !subnets.some((block) => block.check(address, familyOf(address)))),
      )
      .map(({ address }) => ({
        path,
        message: `The static address ${JSON.stringify(address)} is in no subnet of the network `
          + `"${attachment.network}".`,
      }));
  });
}

function addressesTwice(services: readonly ServicePlan[]): Violation[] {
  const owners = new Map<string, string>();
  return services.flatMap(({ path, attachments }) => attachments.flatMap((attachment) =>
    staticAddresses(attachment).flatMap(({ address }) => {
      const key = `${attachment.network}\t${address}`;
      const owner = owners.get(key);
      owners.set(key, owner ?? path);
      return owner === undefined ? [] : [{
        path,
        message: `The static address ${address} on the network "${attachment.network}" is that of ${owner}.`,
      }];
    })));
}

function staticAddresses({ ipv4Address, ipv6Address }: AttachmentPlan): {
  readonly address: string;
  readonly isValid: (address: string) => boolean;
}[] {
  return [
    ...ipv4Address === undefined ? [] : [{ address: ipv4Address, isValid: isIPv4 }],
    ...ipv6Address === undefined ? [] : [{ address: ipv6Address, isValid: isIPv6 }],
  ];
}

const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
/^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/;

function hostProblems({ path, extraHosts = [], container }: ServicePlan): Violation[] {
  const hostname = container?.hostname;
  return [
    ...extraHosts.filter(({ name }) => !isName(name)).map(({ name }) => ({
      path,
      message: `${JSON.stringify(name)} in extraHosts is not a host name.`,
      fix: 'Use letters, digits, dashes and dots.',
    })),
    ...extraHosts.filter(({ address }) => address !== 'host-gateway' && isIP(address) === 0)
      .map(({ name, address }) => ({
        path,
        message: `The address ${JSON.stringify(address)} of "${name}" in extraHosts is not an IP address.`,
        fix: 'Use an IP address, or "host-gateway" for the host.',
      })),
    ...hostname === undefined || isName(hostname) ? [] : [{
      path,
      message: `${JSON.stringify(hostname)} is not a host name.`,
      fix: 'Use letters, digits, dashes and dots.',
    }],
  ];
}

/** Engines and hosts files allow more than DNS does. */
function isName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => HOST_LABEL.test(label));
}

/** Undefined if the text is not a range of addresses. */
function blockOf(range: string): BlockList | undefined {
  const [, address, length] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  const most = isIPv4(address ?? '') ? 32 : isIPv6(address ?? '') ? 128 : -1;
  if (address === undefined || Number(length) > most) {
    return undefined;
  }
  const block = new BlockList();
  block.addSubnet(address, Number(length), familyOf(address));
  return block;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
