import * as fc from 'fast-check';
import { HealthCheckPlan, ImagePlan, PortPlan, ResourcesPlan, ServicePlan } from '../../src/plan/plan';
import { anImage, SOME_DIGEST } from '../plan/plan-builder';

/**
 * Names that every target carries, with those among them that YAML or JavaScript would rather take for something else.
 */
export const label = fc.oneof(
  fc.constantFrom('no', 'on', 'y', 'true', 'null', 'constructor', 'e3', 'a-b', 'ab', 'prototype'),
  // Compose takes what begins with x- for an extension
  fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((one) => !one.startsWith('x-')),
);

/** Names that Compose allows, and a cluster has in another form. */
export const composeName = fc.oneof(
  label,
  fc.tuple(fc.constantFrom('', '1', '_', 'V'), label, fc.constantFrom('', '_api', '.v0.3', '-_', '_2x'))
    .map((parts) => parts.join(''))
    .filter((one) => !one.startsWith('x-')),
  fc.constantFrom('1e3', '0x1f', '1_000', '1.5', 'NO', 'hasOwnProperty'),
);

export const variable = fc.oneof(
  fc.constantFrom('PATH', 'no', 'Y', 'A_1', '_', 'constructor', '__proto__'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
);

const SNIPPETS = [
  '$',
  '$$',
  '${HOME}',
  '$(HOME)',
  '$$(A)',
  '"',
  "'",
  '\\',
  ' ',
  '#',
  ': ',
  '- ',
  '\n',
  '\t',
  '%',
  '{{',
  '1e3',
  '0x1f',
  '~',
  'no',
  '22:22',
  'é',
  '\u{1f600}',
];

/** What people and attackers put into values; without what the rules refuse. */
export const text = fc.oneof(
  fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.string(),
);

export const words = fc.array(text, { minLength: 1, maxLength: 3 });

export const image: fc.Arbitrary<ImagePlan> = fc
  .record({
    repository: fc.constantFrom('example/web', 'registry.example:5000/team/web', 'web'),
    tag: fc.constantFrom('1.2.3', '0777', '1e3', 'v1'),
    built: fc.boolean(),
    args: fc.uniqueArray(fc.record({ name: variable, value: text }), { maxLength: 2, selector: (arg) => arg.name }),
    writablePaths: fc.subarray(['/home/app', '/home/app/.cache', '/run', '/tmp']),
    own: fc.constantFrom(undefined, { uid: 0, gid: 0 }, { uid: 472, gid: 0 }, { uid: 1001 }, { name: 'node' }),
  })
  .map(({ repository, tag, built, args, writablePaths, own }) =>
    anImage({
      repository,
      tag,
      facts: { user: own, writablePaths, healthTools: ['curl', 'nc', 'sh'] },
      ...(built
        ? {
          origin: 'build',
          digest: undefined,
          build: {
            context: './containers/web',
            dockerfile: 'Dockerfile',
            baseComponents: [],
            args: sorted(args, (arg) => arg.name),
          },
        }
        : { origin: 'registry', digest: SOME_DIGEST }),
    }),
  );

export const ports: fc.Arbitrary<PortPlan[]> = fc
  .uniqueArray(
    fc.record({
      port: fc.integer({ min: 1, max: 65535 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      exposure: fc.constantFrom('internal' as const, 'loopback' as const, 'published' as const),
    }),
    { maxLength: 3, selector: (port) => `${port.port}/${port.protocol}` },
  )
  .map((list) =>
    list
      .sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
      .map((port, index) => ({
        name: `port-${index}`,
        ...port,
        hostPort: port.exposure === 'internal' ? undefined : port.port,
        address: port.exposure === 'published' && port.port % 2 === 0 ? '10.1.2.3' : undefined,
      })),
  );

/** Limits as the model fills them in, and such as a person limits one thing alone. */
const usual: fc.Arbitrary<ResourcesPlan> = fc.option(fc.record({
  cpu: fc.integer({ min: 4, max: 64000 }),
  memory: fc.integer({ min: 16, max: 65536 }),
  pids: fc.integer({ min: 1, max: 4096 }),
  ephemeralStorageMegabytes: fc.integer({ min: 256, max: 4096 }),
}), { nil: undefined }).map((limits) => (limits === undefined ? {} : {
  cpuMillis: limits.cpu,
  cpuRequestMillis: Math.ceil(limits.cpu / 4),
  memoryMegabytes: limits.memory,
  memoryRequestMegabytes: Math.ceil(limits.memory / 2),
  memorySwapMegabytes: limits.memory,
  pids: limits.pids,
  ephemeralStorageMegabytes: limits.ephemeralStorageMegabytes,
}));

const alone = fc.constantFrom<ResourcesPlan>(
  { cpuMillis: 500 },
  { memoryMegabytes: 64 },
  { memoryMegabytes: 64, memorySwapMegabytes: 128 },
  { cpuRequestMillis: 100, memoryRequestMegabytes: 16 },
  { pids: 9 },
);

export const resources: fc.Arbitrary<ResourcesPlan> = fc.oneof({ weight: 3, arbitrary: usual }, alone);

/** A health check fits the ports that the service has. */
export function healthCheck(ofPorts: readonly PortPlan[]): fc.Arbitrary<HealthCheckPlan> {
  const tcp = ofPorts.filter((port) => port.protocol === 'tcp').map((port) => port.port);
  const onPort =
    tcp.length === 0
      ? []
      : [
        fc.record({
          kind: fc.constant('http' as const),
          port: fc.constantFrom(...tcp),
          path: fc.constantFrom('/', '/health?x=$y'),
          command: words,
          tool: fc.constant('curl'),
        }),
        fc.record({
          kind: fc.constant('tcp' as const),
          port: fc.constantFrom(...tcp),
          command: words,
          tool: fc.constant('nc'),
        }),
      ];
  return fc.record({
    probe: fc.oneof(
      fc.record({ kind: fc.constant('command' as const), command: words, tool: fc.constant('sh') }),
      text.filter((line) => line.trim() !== '').map((shell) => (
        { kind: 'command' as const, command: ['/bin/sh', '-c', shell], tool: '/bin/sh', shell })),
      fc.record({ kind: fc.constant('image' as const), command: fc.option(words, { nil: undefined }) }),
      ...onPort,
    ),
    intervalSeconds: fc.integer({ min: 1, max: 120 }),
    timeoutSeconds: fc.integer({ min: 1, max: 60 }),
    retries: fc.integer({ min: 1, max: 10 }),
    startPeriodSeconds: fc.integer({ min: 0, max: 600 }),
    startIntervalSeconds: fc.constantFrom(undefined, 1, 5, 90),
  });
}

type Character = Pick<
  ServicePlan,
  | 'lifecycle'
  | 'restart'
  | 'restartAttempts'
  | 'entrypoint'
  | 'command'
  | 'workingDirectory'
  | 'accelerator'
  | 'terminal'
  | 'user'
  | 'readOnlyRoot'
  | 'capabilities'
  | 'capDrop'
  | 'securityOpt'
  | 'init'
  | 'stopGraceSeconds'
  | 'logRotation'
>;

const user = fc.constantFrom({ uid: 10001, gid: 10002 }, { uid: 0, gid: 0 }, undefined);

/** What a service is by itself, whatever stands around it. */
export const character: fc.Arbitrary<Character> = fc
  .constantFrom('long-running' as const, 'one-shot' as const)
  .chain((lifecycle) =>
    fc.record({
      lifecycle: fc.constant(lifecycle),
      restartAttempts: fc.constantFrom(undefined, 3),
      restart:
        lifecycle === 'one-shot'
          ? fc.constantFrom('never' as const, 'on-failure' as const)
          : fc.constantFrom('never' as const, 'on-failure' as const, 'always' as const, 'unless-stopped' as const),
      entrypoint: fc.option(words, { nil: undefined }),
      command: fc.option(words, { nil: undefined }),
      workingDirectory: fc.constantFrom(undefined, '/workspace', '/srv/a b'),
      accelerator: fc.constantFrom<ServicePlan['accelerator'][]>(
        undefined,
        { vendor: 'nvidia', count: 2 },
        { vendor: 'nvidia', count: 2, deviceIds: ['0', 'GPU-1'] },
        { vendor: 'amd', count: 1 },
      ),
      terminal: fc.boolean(),
      user,
      readOnlyRoot: fc.boolean(),
      capabilities: fc.subarray(['CHOWN', 'NET_BIND_SERVICE', 'SETUID']),
      capDrop: fc.constantFrom(['ALL'], [], ['MKNOD', 'SETUID']),
      securityOpt: fc.constantFrom(['no-new-privileges:true'], [], ['apparmor=own', 'no-new-privileges:true']),
      init: fc.boolean(),
      stopGraceSeconds: fc.integer({ min: 1, max: 300 }),
      logRotation: fc.record({
        maxMegabytes: fc.integer({ min: 1, max: 100 }),
        maxFiles: fc.integer({ min: 1, max: 9 }),
      }),
    }),
  );

export function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
