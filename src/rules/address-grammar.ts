import { endpointsOf } from './private/endpoints';
import { isHostName } from './private/host-name';
import { Rule, Violation } from './rule';
import { EndpointPlan, ServicePlan } from '../plan/plan';

const SCHEME = /^(?:[a-z][a-z0-9+.-]*)?$/;
/**
 * As RFC 3986 has paths, queries and fragments, without quotes, which end a value in files, and brackets, which curl
 * takes for a pattern.
 */
const PATH = /^\/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*$/;

/** Addresses go into files and command lines of many kinds as they are. */
export const addressGrammar: Rule = {
  id: 'address-grammar',
  severity: 'error',
  title: 'An address is made of what addresses may hold',
  fix: 'Use a scheme such as "http", a host name, a port from 1 to 65535 and a path that begins with a slash, all without quotes and spaces.',
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
      ? [{ path, message: `The health check asks for ${JSON.stringify(probe.path)}, which is not a path.` }]
      : []),
  ];
}

function endpointProblems({ name, port, scheme, suffix }: EndpointPlan): string[] {
  return [
    ...(SCHEME.test(scheme) ? [] : [`The address of "${name}" has ${JSON.stringify(scheme)} for a scheme.`]),
    ...(suffix === '' || PATH.test(suffix)
      ? []
      : [`The address of "${name}" has ${JSON.stringify(suffix)} for a path.`]),
    ...(Number.isInteger(port) && port >= 1 && port <= 65535
      ? []
      : [`The address of "${name}" has ${port} for a port.`]),
  ];
}
