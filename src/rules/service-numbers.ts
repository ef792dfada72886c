import { Rule } from './rule';
import { ServicePlan } from '../plan/plan';

/** What a field of Kubernetes holds. */
const MOST = 2_147_483_647;
/** A month in seconds; so many tries of it fit, too. */
const LONGEST = 2_592_000;
const MOST_RETRIES = 500;

const CAPABILITY = /^[A-Z][A-Z0-9_]*$/;

export const serviceNumbers: Rule = {
  id: 'service-numbers',
  severity: 'error',
  title: 'Times, sizes, counts and users are numbers that an engine accepts',
  fix: 'Use whole numbers above zero, times of at most 30 days, at most 500 retries, and no request above its limit.',
  waivable: false,
  facets: ['volume', 'health', 'resources', 'lifecycle'],
  check: ({ plan }) => [
    ...plan.services.flatMap((service) => problems(service).map((message) => ({ path: service.path, message }))),
    ...plan.volumes
      .filter(({ megabytes }) => !isCount(megabytes))
      .map(({ path, megabytes }) => ({ path, message: `The size is ${megabytes} MiB.` })),
  ],
};

function problems(service: ServicePlan): string[] {
  const { resources, healthCheck, accelerator, user } = service;
  return [
    ...counts(service)
      .filter(([, value, most]) => value !== undefined && !isCount(value, most))
      .map(([what, value]) => `The ${what} is ${value}.`),
    ...requested('processor time', resources.cpuRequestMillis, resources.cpuMillis),
    ...requested('memory', resources.memoryRequestMegabytes, resources.memoryMegabytes),
    ...(healthCheck !== undefined &&
    healthCheck.startPeriodSeconds !== 0 &&
    !isCount(healthCheck.startPeriodSeconds, LONGEST)
      ? [`The start period of the health check is ${healthCheck.startPeriodSeconds}.`]
      : []),
    ...(accelerator !== undefined && accelerator.count !== 'all' && !isCount(accelerator.count)
      ? [`The number of GPUs is ${accelerator.count}.`]
      : []),
    ...[user.uid, user.gid]
      .filter((id) => !Number.isInteger(id) || id < 0 || id > MOST)
      .map((id) => `${id} is not the number of a user or group.`),
    ...service.capabilities
      .filter((one) => !CAPABILITY.test(one) || one.startsWith('CAP_') || one === 'ALL')
      .map((one) => `${JSON.stringify(one)} is not the name of one capability without its prefix.`),
  ];
}

/** What is counted, how many, and the most that it may be. */
function counts({
  resources,
  healthCheck,
  stopGraceSeconds,
  logRotation,
  mounts,
}: ServicePlan): [string, number | undefined, number?][] {
  return [
    ['limit of processor time in thousandths', resources.cpuMillis],
    ['limit of memory in MiB', resources.memoryMegabytes],
    ['limit of processes', resources.pids],
    ['limit of scratch storage in MiB', resources.ephemeralStorageMegabytes],
    ['interval of the health check in seconds', healthCheck?.intervalSeconds, LONGEST],
    ['timeout of the health check in seconds', healthCheck?.timeoutSeconds, LONGEST],
    ['number of retries of the health check', healthCheck?.retries, MOST_RETRIES],
    ['time to stop in seconds', stopGraceSeconds, LONGEST],
    ['size of a log file in MiB', logRotation.maxMegabytes],
    ['number of log files', logRotation.maxFiles],
    ...mounts.flatMap((mount): [string, number][] =>
      mount.kind === 'scratch' ? [[`size of ${mount.path} in MiB`, mount.megabytes]] : [],
    ),
  ];
}

function requested(what: string, request?: number, limit = 0): string[] {
  // a limit that is wrong is told already
  if (request === undefined || !isCount(limit)) {
    return [];
  }
  return [
    ...(isCount(request) ? [] : [`The request of ${what} is ${request}.`]),
    ...(request > limit ? [`The request of ${what} (${request}) is above its limit (${limit}).`] : []),
  ];
}

function isCount(value: number, most = MOST): boolean {
  return Number.isInteger(value) && value > 0 && value <= most;
}
