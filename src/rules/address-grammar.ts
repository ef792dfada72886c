import { endpointsOf } from '../plan/file-content';
import { isHostName } from './private/host-name';
import { Rule, Violation } from './rule';
import { EndpointPlan, ServicePlan } from '../plan/plan';

const SCHEME = /^(?:[a-z][a-z0-9+.-]*)?$/;
/**
 * Matches RFC 3986 paths, queries and fragments, except quotes (they end values in files) and brackets (curl globs).
 */
const PATH = /^\/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*$/;

/** Restricts addresses to characters that need no quoting: files and command lines take them verbatim. */
export const addressGrammar: Rule = {
  id: 'address-grammar',
  severity: 'error',
  title: 'Addresses have a valid scheme, host name, port and path',
  fix: 'Use a scheme such as "http", a port from 1 to 65535, and a path with a leading slash and no quotes or spaces.',
  waivable: false,
  facets: ['environment', 'config', 'host-service'],
  check: ({ plan }) => [
    ...plan.services.flatMap(serviceProblems),
    ...plan.hostServices
      .filter(({ hostname }) => !isHostName(hostname))
      .map(({ path, hostname }) => ({
        path,
        message: `${JSON.stringify(hostname)} is not a host name.`,
        fix: 'Use labels of lower-case letters, digits and dashes, separated by dots.',
      })),
  ],
};

function serviceProblems(service: ServicePlan): Violation[] {
  const { path, healthCheck } = service;
  const probe = healthCheck?.probe;
  return [
    ...endpointsOf(service).flatMap((endpoint) => endpointProblems(endpoint).map((message) => ({ path, message }))),
    ...(probe?.kind === 'http' && !PATH.test(probe.path)
      ? [{ path, message: `The health check path ${JSON.stringify(probe.path)} is not valid.` }]
      : []),
  ];
}

function endpointProblems({ name, port, scheme, suffix }: EndpointPlan): string[] {
  return [
    ...(SCHEME.test(scheme) ? [] : [`The address of "${name}" has the invalid scheme ${JSON.stringify(scheme)}.`]),
    ...(suffix === '' || PATH.test(suffix)
      ? []
      : [`The address of "${name}" has the invalid path ${JSON.stringify(suffix)}.`]),
    ...(Number.isInteger(port) && port >= 1 && port <= 65535
      ? []
      : [`The address of "${name}" has the invalid port ${port}.`]),
  ];
}
