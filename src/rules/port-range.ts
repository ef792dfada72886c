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
  return [...numbers, ...(probe !== undefined && 'port' in probe ? [probe.port] : [])]
    .filter((port) => !isPort(port))
    .map((port) => ({ path, message: `${port} is not a port number.` }));
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
