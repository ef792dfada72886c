import { namesOf, textsOf } from '../../../src/rules/private/texts';
import { aPlan, aService, anImage, SOME_DIGEST } from '../../plan/plan-builder';
import { aCheck } from '../../verify/support';

const endpoint = (scheme: string, suffix: string) =>
  ({ kind: 'endpoint', endpoint: { to: 'service', name: 'x', port: 1, scheme, suffix } }) as const;

const SERVICE = aService({
  description: 'd-web',
  entrypoint: ['entry'],
  command: ['run', 'it'],
  workingDirectory: '/work',
  image: anImage({
    origin: 'build',
    build: {
      context: 'context',
      dockerfile: 'Dockerfile',
      args: [{ name: 'ARG', value: 'argument' }],
      baseComponents: [],
    },
    facts: { writablePaths: ['/writable'], healthTools: ['curl'], rootReason: 'must' },
  }),
  healthCheck: {
    probe: { kind: 'command', command: ['probe'], tool: 'probe' },
    intervalSeconds: 1,
    timeoutSeconds: 1,
    retries: 1,
    startPeriodSeconds: 1,
  },
  environment: [
    { name: 'TEXT', value: { kind: 'literal', text: 'literal' } },
    { name: 'SECRET', value: { kind: 'secret', envFile: 'env', key: 'SECRET' } },
    { name: 'ADDRESS', value: endpoint('http', '/v1') },
  ],
  mounts: [
    { kind: 'scratch', path: '/scratch', megabytes: 1, executable: false },
    {
      kind: 'file',
      path: '/etc/a',
      file: {
        constructPath: 'box/web/a',
        name: 'a',
        content: [{ kind: 'text', text: 'piece' }, endpoint('tcp', '/v2'), { kind: 'provenance' }],
      },
    },
  ],
  container: { labels: { 'web.rule': 'Host' } },
  overrides: {
    compose: [{ key: 'labels', value: { k: ['v', 1] }, reason: 'why-compose' }],
    kubernetes: [{ op: 'add', pointer: '/metadata', value: { m: 'n' }, reason: 'why-kubernetes' }],
  },
});

const PLAN = aPlan({
  title: 't-box',
  description: 'd-box',
  roadmap: ['later'],
  services: [SERVICE],
  hostServices: [
    {
      path: 'box/host',
      name: 'host',
      description: 'd-host',
      hostname: 'host.internal',
      port: 1,
      addressSetting: { variable: 'LISTEN', systemdUnit: 'host.service' },
    },
  ],
  volumes: [
    {
      path: 'box/v',
      name: 'v',
      description: 'd-v',
      source: { kind: 'host-directory', directory: './shared' },
      megabytes: 1,
      storageClass: 'fast',
      multiWriter: false,
      users: [],
    },
    {
      path: 'box/w',
      name: 'w',
      description: 'd-w',
      source: { kind: 'persistent' },
      engine: {
        name: 'name-w',
        driver: 'local',
        driverOptions: [{ name: 'type', value: 'nfs' }],
        labels: [{ name: 'backup', value: 'daily' }],
      },
      megabytes: 1,
      multiWriter: false,
      users: [],
    },
  ],
  networks: [{
    path: 'box/n',
    name: 'n',
    description: 'd-n',
    egress: 'none',
    members: [],
    engine: { driver: undefined, driverOpts: { mtu: '1400' } },
  }],
  profiles: [{ path: 'box/p', name: 'p', description: 'd-p', services: [] }],
  pins: [
    {
      component: 'c',
      title: 't-c',
      version: '1',
      runsOn: [],
      artifact: { kind: 'none' },
      status: 'decided',
      notes: 'n-c',
      usedBy: [],
    },
    {
      component: 'e',
      title: 't-e',
      runsOn: [],
      artifact: { kind: 'none' },
      status: 'decided',
      notes: 'n-e',
      usedBy: [],
    },
  ],
  envFiles: [{ path: 'box/env', file: '.env', name: 'env', keys: [{ name: 'KEY', description: 'd-key', usedBy: [] }] }],
  checks: [
    { ...plainCheck('one'), command: { kind: 'shell', line: 'line' }, expectedOutput: 'output' },
    { ...plainCheck('two'), command: { kind: 'compose', words: ['up', 'down'] } },
  ],
  waivers: [{ path: 'box/waiver', rule: 'some-rule', scope: 'box', reason: 'r-waiver', blocksApproval: false }],
  decisions: [
    {
      path: 'box/decision',
      title: 't-decision',
      choice: 'choice',
      alternatives: ['alternative'],
      reasons: ['r-decision'],
    },
  ],
  policies: [
    {
      path: 'box/gateway',
      service: 'gateway',
      workspace: { root: '/w', readOnly: true },
      tools: [
        {
          name: 'read',
          kind: 'file',
          action: 'action',
          writes: false,
          clients: ['client'],
          allow: ['allow'],
          deny: ['deny'],
          offered: true,
        },
      ],
    },
  ],
});

function plainCheck(name: string) {
  return {
    ...aCheck(name, 'true'),
    title: `t-${name}`,
    expectation: `e-${name}`,
    fingerprint: { digest: '', parts: [] },
    status: { kind: 'to-verify' },
  } as never as (typeof PLAN.checks)[number];
}

/** Without the paths of constructs, of which everything has one. */
function freeTexts(plan: typeof PLAN): ReturnType<typeof textsOf> {
  return textsOf(plan).filter(({ what }) => what !== 'path');
}

test('every free text of a plan is looked at, under what it is and where it belongs', () => {
  const seen = freeTexts(PLAN).map(
    ({ path, what, text, quoted = false }) => `${path} | ${what} | ${text}${quoted ? ' | quoted' : ''}`,
  );
  expect(seen).toEqual([
    'box | title | t-box',
    'box | description | d-box',
    'box | roadmap | later',
    'box/web | description | d-web',
    'box/host | description | d-host',
    'box/v | description | d-v',
    'box/w | description | d-w',
    'box/n | description | d-n',
    'box/p | description | d-p',
    'box/web | command | entry | quoted',
    'box/web | command | run | quoted',
    'box/web | command | it | quoted',
    'box/web | health check | probe | quoted',
    'box/web | mount | /scratch',
    'box/web | mount | /etc/a',
    'box/web | working directory | /work',
    'box/web | image | context',
    'box/web | image | Dockerfile',
    'box/web | image | /writable',
    'box/web | image | curl',
    'box/web | address | http',
    'box/web | address | /v1',
    'box/web | address | tcp',
    'box/web | address | /v2',
    'box/web | reason to run as root | must',
    'box/web | variable TEXT | literal | quoted',
    'box/web | build argument ARG | argument | quoted',
    'box/web/a | file a | piece',
    'box/web | override of "labels" | k | quoted',
    'box/web | override of "labels" | v | quoted',
    'box/web | reason | why-compose',
    'box/web | patch at /metadata | /metadata | quoted',
    'box/web | patch at /metadata | m | quoted',
    'box/web | patch at /metadata | n | quoted',
    'box/web | reason | why-kubernetes',
    'box/host | host name | host.internal',
    'box/host | address setting | LISTEN',
    'box/host | address setting | host.service',
    'box/web | setting "labels" | web.rule | quoted',
    'box/web | setting "labels" | Host | quoted',
    'box/web | setting "securityOpt" | no-new-privileges:true | quoted',
    'box/n | setting "driverOpts" | mtu | quoted',
    'box/n | setting "driverOpts" | 1400 | quoted',
    'box/w | setting "name" | name-w | quoted',
    'box/w | setting "driver" | local | quoted',
    'box/w | setting "driverOptions" | name | quoted',
    'box/w | setting "driverOptions" | type | quoted',
    'box/w | setting "driverOptions" | value | quoted',
    'box/w | setting "driverOptions" | nfs | quoted',
    'box/w | setting "labels" | name | quoted',
    'box/w | setting "labels" | backup | quoted',
    'box/w | setting "labels" | value | quoted',
    'box/w | setting "labels" | daily | quoted',
    'box/v | volume | ./shared fast',
    'box/w | volume |  ',
    'box | pin c | t-c',
    'box | pin c | 1',
    'box | pin c | n-c',
    'box | pin e | t-e',
    'box | pin e | ',
    'box | pin e | n-e',
    'box/env/KEY | description | d-key',
    'box/one | check | t-one',
    'box/one | check | line',
    'box/one | check | e-one',
    'box/one | check | output',
    'box/two | check | t-two',
    'box/two | check | up',
    'box/two | check | down',
    'box/two | check | e-two',
    'box/two | check | ',
    'box/waiver | rule | some-rule',
    'box/waiver | reason | r-waiver',
    'box/decision | decision | t-decision',
    'box/decision | decision | choice',
    'box/decision | decision | alternative',
    'box/decision | decision | r-decision',
    'box/gateway | workspace | /w',
    'box/gateway | tool "read" | action',
    'box/gateway | tool "read" | client',
    'box/gateway | tool "read" | allow',
    'box/gateway | tool "read" | deny',
  ]);
});

test('a small service has no text but what it says', () => {
  expect(
    freeTexts(aPlan({ title: '', description: '', services: [aService({ description: '', securityOpt: [] })] })).filter(
      ({ text }) => text !== '',
    ),
  ).toEqual([]);
});

test('every name of a plan is looked at, under what it is and where it belongs', () => {
  const [service] = PLAN.services;
  const named = {
    ...service,
    ports: [{ name: 'http', port: 80, protocol: 'tcp', exposure: 'internal' }],
    attachments: [{ network: 'n', aliases: ['alias'] }],
  } as const;
  const check = {
    ...plainCheck('three'),
    files: ['covered'],
    prerequisites: [{ kind: 'host-service', name: 'needed' }, { kind: 'engine' }],
  } as unknown as (typeof PLAN.checks)[number];
  const seen = namesOf({
    ...PLAN,
    services: [named, aService({ name: 'untagged', image: anImage({ tag: undefined, digest: undefined }) })],
    checks: [check],
  });
  expect(seen.map(({ path, what, text }) => `${path} | ${what} | ${text}`)).toEqual([
    'box | name of a file | src/main.ts',
    'box | name of a file | dist',
    'box/web | name | web',
    'box/untagged | name | untagged',
    'box/host | name | host',
    'box/v | name | v',
    'box/w | name | w',
    'box/n | name | n',
    'box/p | name | p',
    'box/env | name | env',
    'box/three | name | three',
    'box/web | reference of the image | example/web',
    'box/web | reference of the image | 1.2.3',
    `box/web | reference of the image | ${SOME_DIGEST}`,
    'box/web | name of a variable | TEXT',
    'box/web | name of a variable | SECRET',
    'box/web | name of a variable | ADDRESS',
    'box/web | name of a build argument | ARG',
    'box/web | name of a port | http',
    'box/web | alias | alias',
    'box/web | name of a file | a',
    'box/untagged | reference of the image | example/web',
    'box/web | key of an override | labels',
    'box/env | name of a file | .env',
    'box/env/KEY | name of a key | KEY',
    'box/three | name of a file | covered',
    'box/three | name of a prerequisite | needed',
    'box/gateway | name of a tool | read',
  ]);
});
