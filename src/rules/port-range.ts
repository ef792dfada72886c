import { Rule, Violation } from './rule';
import { ServicePlan } from '../plan/plan';

export const portRange: Rule = {
  id: 'port-range',
  severity: 'error',
  title: 'A port is a whole number from 1 to 65535',
  fix: 'Use a whole number from 1 to 65535; above 1023, so that the program needs no capability for it.',
  waivable: false,
  facets: ['port', 'host-service'],
  check: ({ plan }) => [
    ...plan.services.flatMap(serviceProblems),
    ...plan.hostServices
      .filter(({ port }) => !isPort(port))
      .map(({ path, port }) => ({ path, message: `${port} is not a port.` })),
  ],
};

function serviceProblems({ path, ports, healthCheck }: ServicePlan): Violation[] {
  const numbers = ports.flatMap(({ port, hostPort }) =>
    hostPort === undefined || hostPort === port ? [port] : [port, hostPort],
  );
  const probe = healthCheck?.probe;
  return [...numbers, ...(probe === undefined || probe.kind === 'command' ? [] : [probe.port])]
    .filter((port) => !isPort(port))
    .map((port) => ({ path, message: `${port} is not a port.` }));
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
