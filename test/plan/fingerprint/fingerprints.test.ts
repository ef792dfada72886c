import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fingerprints } from '../../../src/plan/fingerprint/fingerprints';
import { Plan, ServicePlan } from '../../../src/plan/plan';
import { FingerprintPartPlan } from '../../../src/plan/status-plan';
import { aPlan, aService, anImage } from '../plan-builder';

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'toolbox-')); });
afterEach(() => rmSync(root, { recursive: true }));

const WEB = aService({
  image: anImage({ component: 'web-image' }),
  mounts: [
    { kind: 'volume', path: '/data', volume: 'data', readOnly: false },
    { kind: 'scratch', path: '/tmp', megabytes: 1, executable: false },
  ],
  attachments: [{ network: 'net', aliases: [] }],
});
const BUILT = aService({
  name: 'built',
  image: anImage({
    origin: 'build',
    build: {
      context: 'context',
      dockerfile: 'Dockerfile',
      args: [],
      baseComponents: ['base'],
      contextDigest: 'sha256:one',
    },
  }),
});

const named = (name: string, more: object = {}): never =>
  ({ path: `box/${name}`, name, description: '', ...more }) as never;
const PIN = {
  title: '',
  version: '1',
  runsOn: [],
  artifact: { kind: 'none' },
  status: 'decided',
  notes: '',
  usedBy: [],
};
const pin = (component: string, more: object = {}): never => ({ ...PIN, component, ...more }) as never;

const PLAN = aPlan({
  services: [BUILT, WEB],
  hostServices: [
    named('host', { hostname: 'h', port: 1, component: 'host-pin' }),
    named('plain', { hostname: 'h', port: 2 }),
  ],
  profiles: [named('part')],
  volumes: [named('data'), named('other-volume')],
  networks: [named('net'), named('other-net')],
  envFiles: [named('env', { file: '.env.local', keys: [] })],
  pins: [pin('base'), pin('host-pin'), pin('other-pin'), pin('web-image')],
  policies: [{ path: 'box/gateway', service: 'gateway', workspace: { root: '/w', readOnly: true }, tools: [] }],
  waivers: [{ path: 'box/waiver', rule: 'r', scope: 'box', reason: 'x', blocksApproval: false }],
  decisions: [{ path: 'box/decision', title: 't', choice: 'c', alternatives: [], reasons: [] }],
});

const DEFINITION = {
  command: { kind: 'shell', line: 'true' },
  expectedOutput: undefined,
  covers: [] as string[],
  files: [] as string[],
} as const;

function partsOfCheck(covers: readonly string[], files: readonly string[] = []): readonly FingerprintPartPlan[] {
  return new Fingerprints(PLAN, root).ofCheck({ ...DEFINITION, covers, files }).parts;
}

const namesOf = (parts: readonly { readonly name: string }[]): string[] => parts.map(({ name }) => name);

/** Names of the parts of the architecture that a change touches. */
function touched(change: Partial<Plan>, generator = '1'): string[] {
  const before = new Map(
    new Fingerprints(PLAN, root).ofArchitecture('1').parts.map(({ name, digest }) => [name, digest]),
  );
  const { parts } = new Fingerprints({ ...PLAN, ...change }, root).ofArchitecture(generator);
  return namesOf(parts.filter(({ name, digest }) => before.get(name) !== digest));
}

const withService = (service: Partial<ServicePlan>): Partial<Plan> => ({ services: [{ ...BUILT, ...service }, WEB] });

describe('the fingerprint of a check', () => {
  test('has the services it covers, what these use, and nothing else', () => {
    expect(namesOf(partsOfCheck(['web']))).toEqual([
      'check definition',
      'network net',
      'pin web-image',
      'service web',
      'volume data',
    ]);
    expect(namesOf(partsOfCheck(['built']))).toEqual([
      'build context of built',
      'check definition',
      'pin base',
      'service built',
    ]);
    expect(namesOf(partsOfCheck(['host', 'plain']))).toEqual([
      'check definition',
      'host service host',
      'host service plain',
      'pin host-pin',
    ]);
    expect(namesOf(partsOfCheck(['nothing', 'web', 'web']))).toEqual(namesOf(partsOfCheck(['web'])));
  });

  test('covers its files by content, and reports missing ones', () => {
    writeFileSync(join(root, 'one'), '1');
    const [before, missing] = partsOfCheck([], ['one', 'two']).filter(({ name }) => name.startsWith('file '));
    expect([before.name, missing.name]).toEqual(['file one', 'file two']);
    expect(before.digest).not.toBe(missing.digest);
    expect(partsOfCheck([], ['/etc/hostname'])[1].digest).toBe(missing.digest);
    writeFileSync(join(root, 'one'), '2');
    expect(partsOfCheck([], ['one'])[1].digest).not.toBe(before.digest);
  });

  test('reads a file once, however many checks cover it', () => {
    const fingerprints = new Fingerprints(PLAN, root);
    writeFileSync(join(root, 'one'), '1');
    const before = fingerprints.ofCheck({ ...DEFINITION, files: ['one'] });
    writeFileSync(join(root, 'one'), '2');
    expect(fingerprints.ofCheck({ ...DEFINITION, files: ['one'] })).toEqual(before);
  });

  test.each([
    ['another command', { command: { kind: 'shell', line: 'false' } }],
    ['another output', { expectedOutput: 'x' }],
    ['more that is covered', { covers: ['nothing'] }],
  ])('changes with %s', (_, change) => {
    const digestOf = (definition: object): string =>
      new Fingerprints(PLAN, root).ofCheck({ ...DEFINITION, ...definition } as never).digest;
    expect(digestOf(change)).not.toBe(digestOf({}));
  });
});

describe('the fingerprint of an architecture', () => {
  test('has everything that the files are made from, sorted', () => {
    expect(namesOf(new Fingerprints(PLAN, root).ofArchitecture('1').parts)).toEqual([
      'build context of built',
      'decision box/decision',
      'env file .env.local',
      'generator',
      'host service host',
      'host service plain',
      'network net',
      'network other-net',
      'pin base',
      'pin host-pin',
      'pin other-pin',
      'pin web-image',
      'profile part',
      'service built',
      'service web',
      'tool policy of gateway',
      'toolbox',
      'volume data',
      'volume other-volume',
      'waiver box/waiver',
    ]);
  });

  test.each<[string[], Partial<Plan>]>([
    [['toolbox'], { name: 'other' }],
    [['toolbox'], { outdir: 'other' }],
    [['toolbox'], { source: 'other.ts' }],
    [['service built'], withService({ command: ['x'] })],
    [['service built'], withService({ image: { ...BUILT.image, tag: '2' } })],
    [
      ['service built'],
      withService({ image: { ...BUILT.image, build: { ...BUILT.image.build!, dockerfile: 'Other' } } }),
    ],
    [
      ['build context of built'],
      withService({ image: { ...BUILT.image, build: { ...BUILT.image.build!, contextDigest: 'sha256:two' } } }),
    ],
    [
      ['build context of built'],
      withService({ image: { ...BUILT.image, build: { ...BUILT.image.build!, contextDigest: undefined } } }),
    ],
    [[], withService({ description: 'other words' })],
    [['host service host'], { hostServices: [named('host', { hostname: 'h', port: 9, component: 'host-pin' })] }],
    [
      [],
      { hostServices: [named('host', { description: 'other words', hostname: 'h', port: 1, component: 'host-pin' })] },
    ],
    [['volume data'], { volumes: [named('data', { megabytes: 1 })] }],
    [[], { volumes: [named('data', { description: 'other words' })] }],
    [['network net'], { networks: [named('net', { egress: 'host' })] }],
    [[], { networks: [named('net', { description: 'other words' })] }],
    [['pin base'], { pins: [pin('base', { version: '2' })] }],
    [['pin base'], { pins: [pin('base', { status: 'undecided' })] }],
    [['pin base'], { pins: [pin('base', { artifact: { kind: 'image', repository: 'r' } })] }],
    [
      [],
      {
        pins: [
          pin('base', {
            title: 'Other',
            notes: 'other',
            usedBy: ['x'],
            artifact: { kind: 'none', missingReason: 'other' },
          }),
        ],
      },
    ],
    [
      ['env file .env.local'],
      { envFiles: [named('env', { file: '.env.local', keys: [{ name: 'K', description: '', usedBy: [] }] })] },
    ],
    [['profile part'], { profiles: [named('part', { services: ['web'] })] }],
    [['tool policy of gateway'], { policies: [{ ...PLAN.policies[0], workspace: { root: '/w', readOnly: false } }] }],
    [['waiver box/waiver'], { waivers: [{ ...PLAN.waivers[0], scope: 'box/web' }] }],
    [['decision box/decision'], { decisions: [{ ...PLAN.decisions[0], choice: 'other' }] }],
  ])('reports that %j changed', (parts, change) => {
    expect(touched(change)).toEqual(parts);
  });

  test('changes with the generator', () => {
    expect(touched({}, '2')).toEqual(['generator']);
  });
});
