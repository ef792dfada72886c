import { Rule } from './rule';
import { ServicePlan } from '../plan/plan';

/** Maximum of an int32 field in Kubernetes. */
const MOST = 2_147_483_647;
/** 30 days in seconds. Times MOST_RETRIES, it still fits an int32. */
const LONGEST = 2_592_000;
const MOST_RETRIES = 500;

const CAPABILITY = /^[A-Z][A-Z0-9_]*$/;

export const serviceNumbers: Rule = {
  id: 'service-numbers',
  severity: 'error',
  title: 'Durations, sizes, counts and user ids are in range',
  fix: 'Use positive integers, at most 30 days, at most 500 retries, and requests up to their limit.',
  waivable: false,
  facets: ['volume', 'health', 'resources', 'lifecycle'],
  check: ({ plan }) => [
    ...plan.services.flatMap((service) => problems(service).map((message) => ({ path: service.path, message }))),
    ...plan.volumes
      .filter(({ megabytes, source }) => source.kind !== 'external' && !isCount(megabytes))
      .map(({ path, megabytes }) => ({ path, message: `The size is ${megabytes} MiB.` })),
  ],
};

function problems(service: ServicePlan): string[] {
  const { resources, healthCheck, accelerator, user } = service;
  return [
    ...counts(service)
      .filter(([, value, most]) => value !== undefined && !isCount(value, most))
      .map(([what, value]) => `The ${what} is ${value}.`),
    ...requested('CPU', resources.cpuRequestMillis, resources.cpuMillis),
    ...requested('memory', resources.memoryRequestMegabytes, resources.memoryMegabytes),
    ...swapProblems(resources),
    ...(healthCheck !== undefined &&
    healthCheck.startPeriodSeconds !== 0 &&
    !isCount(healthCheck.startPeriodSeconds, LONGEST)
      ? [`The start period of the health check in seconds is ${healthCheck.startPeriodSeconds}.`]
      : []),
    ...(accelerator !== undefined && accelerator.count !== 'all' && !isCount(accelerator.count)
      ? [`The number of GPUs is ${accelerator.count}.`]
      : []),
    ...(user === undefined ? [] : [user.uid, user.gid])
      .filter((id) => !Number.isInteger(id) || id < 0 || id > MOST)
      .map((id) => `${id} is not a valid user or group id.`),
    ...[...service.capabilities, ...service.capDrop]
      .filter((one) => !CAPABILITY.test(one) || one.startsWith('CAP_'))
      .map((one) => `${JSON.stringify(one)} is not a capability name without the prefix CAP_.`),
  ];
}

/** Returns label, value and maximum of each count. */
function counts({
  resources,
  healthCheck,
  stopGraceSeconds,
  restartAttempts,
  logRotation,
  mounts,
}: ServicePlan): [string, number | undefined, number?][] {
  return [
    ['CPU limit in millicores', resources.cpuMillis],
    ['memory limit in MiB', resources.memoryMegabytes],
    ['process limit', resources.pids],
    ['number of restart attempts', restartAttempts],
    ['scratch storage limit in MiB', resources.ephemeralStorageMegabytes],
    ['interval of the health check in seconds', healthCheck?.intervalSeconds, LONGEST],
    ['timeout of the health check in seconds', healthCheck?.timeoutSeconds, LONGEST],
    ['start interval of the health check in seconds', healthCheck?.startIntervalSeconds, LONGEST],
    ['number of retries of the health check', healthCheck?.retries, MOST_RETRIES],
    ['stop grace period in seconds', stopGraceSeconds, LONGEST],
    ['size of a log file in MiB', logRotation?.maxMegabytes],
    ['number of log files', logRotation?.maxFiles],
    ...mounts.flatMap((mount): [string, number | undefined][] =>
      mount.kind === 'scratch' ? [[`size of ${mount.path} in MiB`, mount.megabytes]] : [],
    ),
  ];
}

/** A limit that is out of range is reported already. */
function requested(what: string, request?: number, limit?: number): string[] {
  if (request === undefined || (limit !== undefined && !isCount(limit))) {
    return [];
  }
  return [
    ...(isCount(request) ? [] : [`The ${what} request is ${request}.`]),
    ...(limit !== undefined && request > limit
      ? [`The ${what} request (${request}) is above its limit (${limit}).`]
      : []),
  ];
}

function swapProblems({ memoryMegabytes: memory, memorySwapMegabytes: both }: ServicePlan['resources']): string[] {
  if (both === undefined || Object.is(both, memory)) {
    return [];
  }
  return [
    ...(isCount(both) ? [] : [`The limit of memory and swap in MiB is ${both}.`]),
    ...(memory === undefined ? ['There is a limit of memory and swap, but none of memory.'] : []),
    ...(memory !== undefined && both < memory
      ? [`The limit of memory and swap (${both}) is below that of memory (${memory}).`]
      : []),
  ];
}

function isCount(value: number, most = MOST): boolean {
  return Number.isInteger(value) && value > 0 && value <= most;
}
