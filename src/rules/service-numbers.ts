import { Rule } from './rule';
import { ServicePlan } from '../plan/plan';

const CAPABILITY = /^[A-Z][A-Z0-9_]*$/;

export const serviceNumbers: Rule = {
  id: 'service-numbers',
  severity: 'error',
  title: 'Times, sizes, counts and users are numbers that an engine accepts',
  mend: 'Use whole numbers above zero, and no request above its limit.',
  waivable: false,
  check: ({ plan }) => [
    ...plan.services.flatMap((service) => problems(service).map((message) => ({ path: service.path, message }))),
    ...plan.volumes.filter(({ megabytes }) => !isCount(megabytes)).map(({ path, megabytes }) => ({ path, message: `The size is ${megabytes} MiB.` })),
  ],
};

function problems(service: ServicePlan): string[] {
  const { resources, healthCheck, accelerator, user } = service;
  return [
    ...counts(service).filter(([, value]) => value !== undefined && !isCount(value)).map(([what, value]) => `The ${what} is ${value}.`),
    ...above('processor time', resources.cpuRequestMillis, resources.cpuMillis),
    ...above('memory', resources.memoryRequestMegabytes, resources.memoryMegabytes),
    ...(healthCheck !== undefined && healthCheck.startPeriodSeconds < 0 ? [`The start period of the health check is ${healthCheck.startPeriodSeconds}.`] : []),
    ...(typeof accelerator?.count === 'number' && !isCount(accelerator.count) ? [`The number of GPUs is ${accelerator.count}.`] : []),
    ...[user.uid, user.gid].filter((id) => !Number.isInteger(id) || id < 0 || id > 2147483647).map((id) => `${id} is not the number of a user or group.`),
    ...service.capabilities.filter((one) => !CAPABILITY.test(one) || one.startsWith('CAP_') || one === 'ALL').map((one) => `${JSON.stringify(one)} is not the name of one capability without its prefix.`),
  ];
}

function counts({ resources, healthCheck, stopGraceSeconds, logRotation, mounts }: ServicePlan): [string, number | undefined][] {
  return [
    ['limit of processor time in thousandths', resources.cpuMillis],
    ['limit of memory in MiB', resources.memoryMegabytes],
    ['limit of processes', resources.pids],
    ['limit of scratch storage in MiB', resources.ephemeralStorageMegabytes],
    ['interval of the health check in seconds', healthCheck?.intervalSeconds],
    ['timeout of the health check in seconds', healthCheck?.timeoutSeconds],
    ['number of retries of the health check', healthCheck?.retries],
    ['time to stop in seconds', stopGraceSeconds],
    ['size of a log file in MiB', logRotation.maxMegabytes],
    ['number of log files', logRotation.maxFiles],
    ...mounts.flatMap((mount): [string, number][] => (mount.kind === 'scratch' ? [[`size of ${mount.path} in MiB`, mount.megabytes]] : [])),
  ];
}

function above(what: string, request?: number, limit?: number): string[] {
  return request !== undefined && limit !== undefined && limit > 0 && request > limit ? [`The request of ${what} (${request}) is above its limit (${limit}).`] : [];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
