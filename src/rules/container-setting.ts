import { isIP } from 'node:net';
import { duplicates } from './private/duplicates';
import { Rule, Violation } from './rule';
import { ContainerPlan } from '../plan/container-plan';
import { ServicePlan } from '../plan/plan';

type Settings = Required<ContainerPlan>;

/** What an engine, Compose or an API server refuses of a setting, as texts of the wrong values. */
type Checks = { readonly [Name in keyof Settings]?: (value: Settings[Name]) => readonly (string | number)[] };

export const containerSetting: Rule = {
  id: 'container-setting',
  severity: 'error',
  title: 'Settings of a container have a form that engines accept',
  fix: 'Use the form of the compose file reference.',
  waivable: false,
  facets: ['identity', 'image', 'lifecycle', 'network', 'resources', 'security'],
  check: ({ plan }) => [
    ...plan.services.flatMap((service) => [...wrongValues(service), ...scaleProblems(service)]),
    ...duplicates(
      plan.services.filter(({ container }) => container?.containerName !== undefined),
      ({ container }) => container!.containerName!,
    ).map(({ item, first }) => ({
      path: item.path,
      message: `The container name ${JSON.stringify(item.container!.containerName)} is already used by ${first.path}.`,
      fix: 'Leave out containerName, or choose another.',
    })),
  ],
};

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?)+$/i;
const DURATION = /^(?:\d{1,9}[wdhms])+$/;
const OPTION = /^(?:no-new-privileges|apparmor|seccomp|label|systempaths|writable-cgroups|credentialspec)(?:$|[:=])/;

const CHECKS: Checks = {
  labels: (value) => Object.keys(value).filter((name) => !isLabel(name)),
  annotations: (value) => Object.keys(value).filter((name) => name === ''),
  containerName: (value) => unless(NAME.test(value), value),
  scale: (value) => unless(isWithin(value, 0, 10_000), value),
  platform: (value) => unless(/^[a-z0-9]+(?:\/[a-z0-9_]+){0,2}$/.test(value), value),
  pullPolicy: (value) => unless(
    /^(?:always|never|missing|if_not_present|build|daily|weekly)$/.test(value)
      || (value.startsWith('every_') && DURATION.test(value.slice('every_'.length))),
    value,
  ),
  stopSignal: (value) => unless(/^(?:[A-Z][A-Z0-9]{1,11}(?:[+-]\d{1,2})?|[1-9]\d?)$/.test(value), value),
  shmSize: (value) => unless(isWithin(value, 1, 2 ** 31), value),
  ulimits: (value) => Object.entries(value).flatMap(([name, { soft, hard = soft }]) => unless(
    /^[a-z]{2,16}$/.test(name) && isLimit(soft) && isLimit(hard) && (hard === -1 || (soft !== -1 && soft <= hard)),
    `${name}: ${soft}, ${hard}`,
  )),
  sysctls: (value) => Object.keys(value).filter((name) => !/^[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9_-]+)+$/i.test(name)),
  devices: (value) => value.filter((device) => !/^[^:,\s]+(?::[^:,\s]+){0,2}$/.test(device)),
  groupAdd: (value) => value.filter((group) => !/^(?:[a-z_][a-z0-9_-]{0,31}|\d{1,9})$/i.test(group)),
  dns: (value) => value.filter((server) => isIP(server) === 0),
  dnsSearch: (value) => value.filter((domain) => domain !== '.' && !DOMAIN.test(domain)),
  dnsOpt: (value) => value.filter((option) => !/^[a-z0-9-]{1,32}(?::\d{1,5})?$/.test(option)),
  domainname: (value) => unless(DOMAIN.test(value), value),
  macAddress: (value) => unless(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(value), value),
  pid: (value) => unless(/^(?:host|(?:service|container):.+)$/.test(value), value),
  ipc: (value) => unless(/^(?:host|private|shareable|none|(?:service|container):.+)$/.test(value), value),
  uts: (value) => unless(value === 'host', value),
  usernsMode: (value) => unless(value === 'host', value),
  cgroup: (value) => unless(['host', 'private'].includes(value), value),
  runtime: (value) => unless(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/.test(value), value),
  oomScoreAdj: (value) => unless(isWithin(value, -1000, 1000), value),
  cpuset: (value) => unless(/^\d{1,4}(?:-\d{1,4})?(?:,\d{1,4}(?:-\d{1,4})?)*$/.test(value), value),
  cpuShares: (value) => unless(isWithin(value, 2, 262_144), value),
  storageOpt: (value) => Object.keys(value).filter((name) => !/^[a-z][a-z.]{0,31}$/.test(name)),
  logging: ({ driver = 'local' }) => unless(/^[a-z][a-z0-9./:_-]{0,127}$/i.test(driver), driver),
  postStart: emptyHooks,
  preStop: emptyHooks,
};

function wrongValues({ path, container = {}, securityOpt }: ServicePlan): Violation[] {
  const found = (Object.keys(CHECKS) as (keyof Settings)[]).flatMap((name) => {
    const value = container[name];
    const check = CHECKS[name] as ((given: unknown) => readonly (string | number)[]) | undefined;
    return value === undefined ? [] : (check?.(value) ?? []).map((wrong) => ({ name: name as string, wrong }));
  });
  const options = securityOpt.filter((option) => !OPTION.test(option)).map((wrong) => ({ name: 'securityOpt', wrong }));
  return [...found, ...options].map(({ name, wrong }) => ({
    path,
    message: `${JSON.stringify(wrong)} is no valid value of ${name}.`,
  }));
}

/** Only one container can have a name, or a port of the host. */
function scaleProblems({ path, container: { scale = 1, containerName } = {}, ports }: ServicePlan): Violation[] {
  const port = ports.find(({ hostPort }) => hostPort !== undefined);
  return [
    ...scale > 1 && containerName !== undefined
      ? [{ path, message: `${scale} containers cannot have the one name ${JSON.stringify(containerName)}.` }]
      : [],
    ...scale > 1 && port !== undefined
      ? [{ path, message: `${scale} containers cannot have the one port ${port.hostPort} of the host.` }]
      : [],
  ].map((violation) => ({ ...violation, fix: 'Leave out the scale, or the name or port.' }));
}

/** Compose and this library have labels of their own. */
function isLabel(name: string): boolean {
  return /^\S+$/.test(name) && !/^(?:com\.docker\.compose|toolbox-constructs)\./.test(name);
}

function isLimit(value: number): boolean {
  return isWithin(value, -1, Number.MAX_SAFE_INTEGER);
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function unless(isValid: boolean, value: string | number): (string | number)[] {
  return isValid ? [] : [value];
}

function emptyHooks(hooks: Settings['postStart']): string[] {
  return hooks.flatMap(({ command }) =>
    command.length === 0 || command[0] === '' ? ['a hook without a command'] : [],
  );
}
