import { isIP } from 'node:net';
import { Rule, Violation } from './rule';
import { ServicePlan } from '../plan/plan';

export const portRange: Rule = {
  id: 'port-range',
  severity: 'error',
  title: 'Ports are integers from 1 to 65535',
  fix: 'Use an integer from 1 to 65535; above 1023, the program needs no capability for it.',
  waivable: false,
  facets: ['port', 'host-service'],
  check: ({ plan }) => [
    ...plan.services.flatMap(serviceProblems),
    ...plan.hostServices
      .filter(({ port }) => !isPort(port))
      .map(({ path, port }) => ({ path, message: `${port} is not a port number.` })),
  ],
};

function serviceProblems({ path, ports, healthCheck }: ServicePlan): Violation[] {
  const numbers = ports.flatMap(({ port, hostPort }) =>
    hostPort === undefined || hostPort === port ? [port] : [port, hostPort],
  );
  const probe = healthCheck?.probe;
  const addresses = ports.filter(({ address, exposure }) => address !== undefined
    && (isIP(address) === 0 || exposure === 'internal' || (exposure === 'loopback' && !isLoopback(address))));
  return [...numbers, ...(probe !== undefined && 'port' in probe ? [probe.port] : [])]
    .filter((port) => !isPort(port))
    .map((port): Violation => ({ path, message: `${port} is not a port number.` }))
    .concat(addresses.map(({ address, exposure }) => ({
      path,
      message: `${JSON.stringify(address)} is no address for a port with exposure ${exposure}.`,
      fix: 'Use an IP address: of the machine for Port.published, 127.x.x.x or ::1 for Port.loopback.',
    })));
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
