import * as fc from 'fast-check';
import {
  among,
  anything,
  count,
  mixed,
  quoted,
  sentence,
  serviceName,
  variableName,
  Wildness,
} from './arbitrary-texts';
import {
  AddressRecipe,
  HealthRecipe,
  ImageRecipe,
  MountRecipe,
  PieceRecipe,
  ServiceRecipe,
  ValueRecipe,
} from './recipe';
import { containerSettings } from '../parity/arbitrary-container';
import { DIGEST } from '../rules/support';

const EVERYTHING = { withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withTypedArray: true };

const orNone = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(item, { nil: undefined });

/** A service by itself; what it refers to is a position, whatever is there. */
export function arbitraryService(wild: Wildness): fc.Arbitrary<ServiceRecipe> {
  const words = orNone(fc.array(quoted(wild), { minLength: wild === 0 ? 1 : 0, maxLength: 3 }));
  return fc.record({
    id: serviceName(wild),
    name: wild === 0 ? fc.constant(undefined) : orNone(serviceName(wild)),
    description: sentence(wild),
    image: image(wild),
    oneShot: fc.boolean(),
    part: orNone(fc.nat(2)),
    places: mixed<string[]>(
      wild,
      fc.constantFrom<string[]>(['workstation', 'cluster'], ['cluster', 'workstation'], ['workstation'], ['cluster']),
      fc.constant([]),
    ),
    entrypoint: words,
    command: words,
    workingDirectory: orNone(among(wild, '/workspace', '/srv/a b', "/it's")),
    environment: fc.array(fc.tuple(variableName(wild), value(wild)), { maxLength: 4 }),
    mounts: fc.uniqueArray(mount(wild), {
      maxLength: 4,
      selector: (one) => (one.kind === 'file' ? one.name.replaceAll('/', '--') : one.path),
    }),
    ports: fc.array(
      fc.record({
        port: count(wild, 65535),
        exposure: fc.constantFrom('internal', 'loopback', 'published'),
        name: orNone(among(wild, 'http', 'a-1', 'x')),
        udp: fc.boolean(),
        hostPort: orNone(count(wild, 65535)),
        isParameter: wild === 0 || wild > 100 ? fc.boolean() : fc.constant(false),
      }),
      { maxLength: 3 },
    ),
    networks: fc.array(
      fc.record({
        network: fc.nat(3),
        aliases: fc.array(among(wild, 'alias', 'a.b.internal', 'other'), { maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
    health: orNone(health(wild)),
    resources: orNone(
      fc.record({
        exact: fc.boolean(),
        cpu: orNone(count(wild, 8000)),
        cpuRequest: orNone(count(wild, 8000)),
        memory: orNone(count(wild, 65536)),
        memoryRequest: orNone(count(wild, 65536)),
        pids: orNone(count(wild, 4096)),
        storage: orNone(count(wild, 4096)),
      }),
    ),
    gpus: orNone<number | 'all'>(fc.oneof(count(wild, 8), fc.constant('all' as const))),
    terminal: fc.boolean(),
    user: orNone(fc.record({ uid: fc.oneof(fc.constant(0), count(wild, 65535)), gid: orNone(count(wild, 65535)) })),
    readOnlyRoot: fc.boolean(),
    capabilities: fc.uniqueArray(among(wild, 'CHOWN', 'NET_BIND_SERVICE', 'SETUID', 'SYS_ADMIN'), { maxLength: 3 }),
    capDrop: orNone(fc.subarray(['CHOWN', 'ALL'])),
    securityOpt: orNone(fc.subarray(['no-new-privileges:true', 'apparmor=own'])),
    container: containerSettings,
    init: fc.boolean(),
    restart: orNone(fc.constantFrom('never', 'on-failure', 'always', 'unless-stopped')),
    stopGrace: orNone(count(wild, 300)),
    logs: orNone(fc.record({ megabytes: count(wild, 100), files: count(wild, 9) })),
    parameters: fc.array(
      fc.record({
        parameter: fc.nat(3),
        place: fc.constantFrom('environment', 'command', 'entrypoint', 'argument'),
        before: quoted(wild),
        after: quoted(wild),
      }),
      { maxLength: 3 },
    ),
    dependencies: fc.array(
      fc.record({ service: fc.nat(5), condition: fc.constantFrom('started', 'healthy', 'completed') }),
      { maxLength: 3 },
    ),
    composeOverrides: fc.array(composeOverride(wild), { maxLength: 1 }),
    patches: fc.array(patch(wild), { maxLength: 1 }),
  }) as fc.Arbitrary<ServiceRecipe>;
}

function image(wild: Wildness): fc.Arbitrary<ImageRecipe> {
  return fc.record({
    repository: among(wild, 'example/web', 'registry.example:5000/team/web', 'web'),
    tag: mixed<string | undefined>(
      wild,
      fc.constantFrom('1.2.3', '0777', '1e3', '1.10', 'v1', '123e4567'),
      orNone(anything),
    ),
    digest: orNone(among(wild, DIGEST)),
    context: orNone(among(wild, 'containers/codex-cli', './containers/codex-cli')),
    args: fc.uniqueArray(fc.tuple(variableName(wild), quoted(wild)), { maxLength: 2, selector: ([one]) => one }),
    uid: orNone(fc.oneof(fc.constant(0), count(wild, 65535))),
    rootReason: orNone(sentence(wild)),
    writablePaths: fc.array(among(wild, '/home/app', '/home/app/.cache', '/run', '/tmp'), { maxLength: 3 }),
    healthTools: fc.subarray(['curl', 'wget', 'nc', 'bash', 'node']),
    downloadsAtStart: fc.boolean(),
  });
}

function address(wild: Wildness): fc.Arbitrary<AddressRecipe> {
  return fc.record({
    to: fc.constantFrom('service' as const, 'host' as const),
    index: fc.nat(5),
    port: mixed(wild, fc.nat(3), count(1, 9)),
    scheme: orNone(among(wild, 'http', 'https', '')),
    suffix: orNone(among(wild, '/v1', '/a?b=$c', '')),
  });
}

function value(wild: Wildness): fc.Arbitrary<ValueRecipe> {
  const part = fc.oneof(
    fc.record({ kind: fc.constant('literal' as const), text: quoted(wild) }),
    fc.record({ kind: fc.constant('secret' as const), envFile: fc.nat(2), key: fc.nat(3), isRenamed: fc.boolean() }),
    fc.record({
      kind: fc.constant('endpoint' as const),
      address: address(wild),
      part: fc.constantFrom(undefined, 'host' as const, 'port' as const),
    }),
  );
  return fc.oneof(
    part,
    fc.record({ kind: fc.constant('concat' as const), parts: fc.array(part, { maxLength: 4 }) }),
  );
}

function mount(wild: Wildness): fc.Arbitrary<MountRecipe> {
  const piece: fc.Arbitrary<PieceRecipe> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: sentence(wild) }),
    fc.constant({ kind: 'provenance' as const }),
    fc.record({ kind: fc.constant('endpoint' as const), address: address(wild) }),
  );
  return fc.oneof(
    fc.record({
      kind: fc.constant('volume' as const),
      path: among(wild, '/workspace', '/data/a b', '/home/app'),
      volume: fc.nat(3),
      readOnly: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('scratch' as const),
      path: among(wild, '/scratch', '/tmp', '/var/a$b'),
      megabytes: count(wild, 64),
      executable: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('file' as const),
      path: among(wild, '/etc/app.conf', '/etc/app/other.toml', '/home/app/.config'),
      name: mixed(
        wild,
        fc.constantFrom('app.conf', '__proto__', '.hidden', 'true', 'A.b-c_d'),
        anything.filter((one) => one !== ''),
      ),
      content: fc.array(piece, { maxLength: 3 }).map((list): PieceRecipe[] => [...list, { kind: 'text', text: '\n' }]),
    }),
  );
}

function health(wild: Wildness): fc.Arbitrary<HealthRecipe> {
  return fc.record({
    kind: fc.constantFrom('http', 'tcp', 'command', 'shell', 'image', 'none'),
    port: mixed(wild, fc.nat(3), count(1, 9)),
    path: among(wild, '/', '/health?x=$y', '/a/b'),
    command: fc.array(quoted(wild), { maxLength: 3 }).map((words) => ['curl', ...words]),
    interval: count(wild, 120),
    timeout: count(wild, 60),
    retries: count(wild, 10),
    startPeriod: mixed(wild, fc.nat(600), count(1, 9)),
    startInterval: orNone(count(wild, 60)),
  });
}

function composeOverride(wild: Wildness): fc.Arbitrary<ServiceRecipe['composeOverrides'][number]> {
  const labels = fc.record({
    key: fc.constant('labels'),
    value: fc.dictionary(
      sentence(wild).map((one) => `x${one.replaceAll('\n', '')}`),
      quoted(wild),
      { maxKeys: 3, noNullPrototype: true },
    ),
    reason: sentence(wild),
  });
  const size = fc.record({ key: fc.constant('shm_size'), value: fc.constant('64m'), reason: sentence(wild) });
  const junk = fc.record({ key: anything, value: fc.anything({ ...EVERYTHING, maxDepth: 3 }), reason: anything });
  return mixed<ServiceRecipe['composeOverrides'][number]>(wild, fc.oneof(labels, size), junk);
}

function patch(wild: Wildness): fc.Arbitrary<ServiceRecipe['patches'][number]> {
  const annotation = fc.record({
    op: fc.constant('add' as const),
    pointer: fc.constant('/metadata/annotations/example.org~1note'),
    value: quoted(wild),
    reason: sentence(wild),
  });
  const junk = fc.record({
    op: fc.constantFrom('add' as const, 'replace' as const, 'remove' as const),
    pointer: fc.oneof(
      anything,
      fc.constantFrom(
        '',
        '/',
        '/spec',
        '/spec/template',
        '/metadata',
        '/kind',
        '/spec/template/spec/containers/0',
        '/__proto__/x',
        '/constructor/prototype/x',
      ),
    ),
    value: fc.anything({ withBigInt: true, withDate: true, maxDepth: 2 }),
    reason: anything,
  });
  return mixed<ServiceRecipe['patches'][number]>(wild, annotation, junk);
}
