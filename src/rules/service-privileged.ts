import { Rule } from './rule';
import { ContainerPlan } from '../plan/container-plan';
import { ServicePlan } from '../plan/plan';

export const servicePrivileged: Rule = {
  id: 'service-privileged',
  severity: 'error',
  title: 'Services are not privileged',
  fix: 'Name the capabilities and devices that it needs, or waive the rule with a reason and blocksApproval: true.',
  waivable: true,
  blocksApproval: true,
  facets: ['security', 'override'],
  check: ({ plan }) => plan.services.flatMap((service) => problems(service).map((message) => (
    { path: service.path, message }))),
  checkMerged: ({ facts: { container, security } }) => [
    ...security.privileged === undefined ? [] : [{ problem: 'makes the service privileged' }],
    ...privilegedHooks(container).map((command) => ({ problem: `runs ${command} with all rights on the host` })),
  ],
};

function problems({ container = {} }: ServicePlan): string[] {
  return [
    ...container.privileged ? ['It is privileged: it has all rights on the host.'] : [],
    ...privilegedHooks(container).map((command) => `Its hook ${command} is privileged: it has all rights on the host.`),
  ];
}

function privilegedHooks({ postStart = [], preStop = [] }: ContainerPlan): string[] {
  return [...postStart, ...preStop]
    .filter(({ privileged }) => privileged)
    .map(({ command }) => JSON.stringify(command[0] ?? ''));
}
