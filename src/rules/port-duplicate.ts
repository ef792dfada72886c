import { Rule, Violation } from './rule';
import { groupBy } from '../plan/collections';
import { hostAddress } from '../plan/host-port';
import { PortPlan, ServicePlan } from '../plan/plan';

export const portDuplicate: Rule = {
  id: 'port-duplicate',
  severity: 'error',
  title: 'Ports are unique',
  fix: 'Change the number of one of them.',
  waivable: false,
  facets: ['port'],
  check: ({ plan }) => [...plan.services.flatMap(inContainer), ...onHost(plan.services)],
};

/** A port of a container can have several ports of the host, and nothing else twice. */
function inContainer({ path, ports }: ServicePlan): Violation[] {
  const groups = [...groupBy(ports, ({ port, protocol }) => `${port}/${protocol}`)];
  return groups
    .filter(([, group]) => group.length > 1 && group.some(({ hostPort }) => hostPort === undefined))
    .map(([port]) => ({
      path,
      message: `The port ${port} is declared twice.`,
      fix: 'Declare it once, with the widest exposure needed.',
    }));
}

function onHost(services: readonly ServicePlan[]): Violation[] {
  const all = services.flatMap(({ path, ports }) => ports.flatMap((port) => (
    port.hostPort === undefined ? [] : [{ path, port, number: `${port.hostPort}/${port.protocol}` }])));
  return [...groupBy(all, ({ number }) => number).values()].flatMap((group) =>
    group.flatMap(({ path, port, number }, at) => {
      const first = group.slice(0, at).find((other) => shareAddress(other.port, port));
      return first === undefined
        ? []
        : [{ path, message: `The host port ${number} is already used by ${first.path}.` }];
    }),
  );
}

/** Ports whose addresses are not stated belong to one machine: 127.0.0.1 is part of all its addresses. */
function shareAddress(a: PortPlan, b: PortPlan): boolean {
  const addresses = [hostAddress(a), hostAddress(b)];
  return addresses[0] === addresses[1] || addresses.some((address) => /^(?:0\.0\.0\.0|::)$/.test(address));
}
