import * as fc from 'fast-check';
import { text } from './arbitrary-parts';
import { ContainerPlan } from '../../src/plan/container-plan';

const key = fc.constantFrom('example.org/note', 'team', 'traefik.http.routers.web.rule', '__proto__', 'no');

const pairs = fc.uniqueArray(fc.tuple(key, text), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .map((list) => Object.fromEntries(list.sort(([a], [b]) => (a < b ? -1 : 1))));

const command = fc.constantFrom(['sh', '-c', 'echo $HOME $$ $(A)'], ['sync']);

const hook = fc.array(
  fc.oneof(fc.record({ command }), fc.record({ command, user: fc.constant('root'), workingDir: fc.constant('/srv') })),
  { minLength: 1, maxLength: 2 },
);

/** A value for each setting. A setting without one does not compile. */
const VALUES: { readonly [Name in keyof Required<ContainerPlan>]: fc.Arbitrary<Required<ContainerPlan>[Name]> } = {
  labels: pairs,
  annotations: pairs,
  containerName: fc.constantFrom('web-1', 'My_web.2'),
  scale: fc.constantFrom(0, 2, 3),
  platform: fc.constantFrom('linux', 'linux/amd64', 'linux/arm64/v8'),
  pullPolicy: fc.constantFrom('always', 'never', 'missing', 'build', 'daily', 'every_12h'),
  stopSignal: fc.constantFrom('SIGINT', '9', 'SIGRTMIN+3'),
  shmSize: fc.integer({ min: 1, max: 4096 }),
  ulimits: fc.constantFrom<Record<string, { soft: number; hard?: number }>>(
    { nofile: { soft: 1024, hard: 2048 } },
    { memlock: { soft: -1 } },
  ),
  sysctls: fc.constantFrom<Record<string, string>>(
    { 'net.ipv4.ip_local_port_range': '1024 65535' },
    { 'net.core.somaxconn': '1024', 'net.ipv4.tcp_syncookies': '0' },
    { 'net.core.somaxconn': '1024' },
  ),
  devices: fc.constantFrom(['/dev/kvm'], ['/dev/a:/dev/b:r', '/dev/dri']),
  groupAdd: fc.constantFrom(['44'], ['video', '109'], ['video']),
  dns: fc.constantFrom(['1.1.1.1'], ['2606:4700:4700::1111', '1.1.1.1']),
  dnsSearch: fc.constantFrom(['.'], ['example.org', 'example.com']),
  dnsOpt: fc.constantFrom(['ndots:2'], ['rotate', 'timeout:1']),
  domainname: fc.constantFrom('example.org'),
  macAddress: fc.constantFrom('02:42:ac:11:00:02'),
  privileged: fc.constant(true),
  pid: fc.constantFrom('host'),
  ipc: fc.constantFrom('host', 'shareable', 'private'),
  uts: fc.constantFrom('host'),
  usernsMode: fc.constantFrom('host'),
  cgroup: fc.constantFrom('host', 'private'),
  runtime: fc.constantFrom('nvidia', 'runsc'),
  oomScoreAdj: fc.constantFrom(-500, 0, 1000),
  cpuset: fc.constantFrom('0', '0-3,5'),
  cpuShares: fc.constantFrom(2, 512),
  storageOpt: fc.constantFrom({ size: '1G' }),
  stdinOpen: fc.constant(true),
  tty: fc.constant(true),
  useApiSocket: fc.constant(true),
  logging: fc.constantFrom<Record<string, never> | { driver: string; options?: Record<string, string> }>(
    { driver: 'local' },
    { driver: 'json-file', options: { 'max-size': '1g' } },
  ),
  attach: fc.constant(false),
  postStart: hook,
  preStop: hook,
  hostname: fc.constantFrom('web', 'web-1', 'Web.Example', '0'),
};

/** Up to four settings of a container, as a plan has them. */
export const containerSettings: fc.Arbitrary<ContainerPlan | undefined> = fc
  .subarray(Object.keys(VALUES) as (keyof ContainerPlan)[], { maxLength: Math.min(4, Object.keys(VALUES).length) })
  .chain((names) => fc.tuple(...names.map((name) => (VALUES[name] as fc.Arbitrary<unknown>).map((one) => [name, one]))))
  .map((entries) => {
    const { tty, ...others }: ContainerPlan = Object.fromEntries(entries as [string, unknown][]);
    // both together are the terminal of a service
    const settings = others.stdinOpen || tty === undefined ? others : { ...others, tty };
    return Object.keys(settings).length === 0 ? undefined : settings;
  });

/** Leaves out what only one container of a machine can have, and what no waiver lets through. */
export function fitting(
  { containerName, scale, useApiSocket: _, ...others }: ContainerPlan,
  own: string,
  hasHostPort: boolean,
): ContainerPlan | undefined {
  const settings = {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
    ...containerName === undefined || scale !== undefined ? {} : { containerName: own },
    ...scale === undefined || hasHostPort ? {} : { scale },
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}
