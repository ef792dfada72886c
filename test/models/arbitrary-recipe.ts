import * as fc from 'fast-check';
import { arbitraryService } from './arbitrary-service';
import { among, anything, count, mixed, name, sentence, serviceName, variableName, Wildness } from './arbitrary-texts';
import { CheckRecipe, PolicyRecipe, Recipe, VolumeRecipe } from './recipe';
import { tidy } from './tidy-recipe';
import { kubernetesName } from '../../src/plan/kubernetes-name';

/** Rules that a waiver may let through, and some that are none. */
const WAIVABLE = [
  'image-digest',
  'image-tag',
  'service-health',
  'service-limits',
  'service-isolation',
  'service-privileged',
  'service-user',
  'port-public',
  'port-inner',
  'mount-host-path',
  'network-host',
  'target-refused',
];
const CAPABILITIES = ['file:read', 'image:extract', 'command:git', 'read_file', 'show', 'git_log', 'x'];
const REASON = 'It is right here, as this test says.';

const optionalText = fc.option(anything, { nil: undefined });

/** Whole toolboxes with whatever a person may write. Most of them have something that a rule refuses. */
export const wildRecipe: fc.Arbitrary<Recipe> = recipeOf(40);

/**
 * Toolboxes in which things fit together, with text that was hostile to others; few have something that a rule refuses.
 */
export const tameRecipe: fc.Arbitrary<Recipe> = recipeOf(0).map(tidy);

/** The same, with one thing in a hundred that does not fit. */
export const nearlyTameRecipe: fc.Arbitrary<Recipe> = recipeOf(200).map(tidy);

function recipeOf(wild: Wildness): fc.Arbitrary<Recipe> {
  const isTame = wild === 0 || wild > 100;
  const some = <T>(item: fc.Arbitrary<T>, most = 2): fc.Arbitrary<T[]> => fc.array(item, { maxLength: most });
  const named = <T extends { readonly name: string }>(item: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> =>
    isTame
      ? fc.uniqueArray(item, { maxLength: most, selector: (one) => one.name })
      : fc.array(item, { maxLength: most });
  return fc.record({
    name: name(wild),
    title: sentence(wild),
    description: sentence(wild),
    source: fc.option(among(wild, 'src/main.ts', 'toolbox.py'), { nil: undefined }),
    networks: named(
      fc.record({ name: name(wild), egress: fc.constantFrom('none', 'host', 'internet'), description: sentence(wild) }),
      3,
    ),
    volumes: (isTame
      ? fc.uniqueArray(volume(wild), { maxLength: 3, selector: (one) => kubernetesName(one.name) })
      : fc.array(volume(wild), { maxLength: 3 })),
    parts: named(fc.record({ name: name(wild), description: sentence(wild) }), 2),
    envFiles: named(
      fc.record({
        name: name(wild),
        file: among(wild, '.env.local', '.env.other', 'secrets.env'),
        keys: fc.uniqueArray(
          fc.record({
            name: mixed(
              wild,
              variableName(0),
              variableName(1).filter((one) => one !== ''),
            ),
            description: sentence(wild),
          }),
          { maxLength: 3, selector: (one) => one.name.replaceAll('/', '--') },
        ),
      }),
      2,
    ),
    parameters: named(
      fc.record({
        name: mixed(wild, variableName(0).map((one) => `P_${one}`), anything),
        default: mixed<string | undefined>(wild, sentence(0).map((one) => one.replace(/[{}\n]/g, '')), optionalText),
        description: sentence(wild),
      }),
      3,
    ),
    hosts: fc.uniqueArray(
      fc.record({
        name: name(wild).filter((one) => one !== ''),
        port: count(wild, 65535),
        hostname: fc.option(among(wild, 'host.docker.internal', 'models'), { nil: undefined }),
        standIn: fc.option(fc.nat(5), { nil: undefined }),
        relay: wild === 0 ? fc.constant(undefined) : fc.option(fc.nat(5), { nil: undefined }),
      }),
      { maxLength: 2, selector: (one) => one.name.replaceAll('/', '--') },
    ),
    services: some(arbitraryService(wild), 5).map((list) =>
      list.map((one, index) => ({ ...one, id: `${one.id}_service.${index}` })),
    ),
    policies: some(policy(wild), 1),
    waivers: !isTame
      ? some(
        fc.record({
          service: fc.option(fc.nat(5), { nil: undefined }),
          rule: among(wild, ...WAIVABLE),
          reason: sentence(wild),
          until: fc.option(among(wild, '2026-12-31'), { nil: undefined }),
        }),
      )
      : fc.constant(WAIVABLE.map((rule) => ({ rule, reason: REASON, blocksApproval: rule === 'service-privileged' }))),
    checks: some(check(wild)).map((list) => list.map((one, index) => ({ ...one, id: `${one.id}-check-${index}` }))),
    decisions: some(
      fc.record({
        title: sentence(wild),
        choice: sentence(wild),
        alternatives: some(sentence(wild)),
        reasons: some(sentence(wild)),
      }),
    ),
    roadmap: some(sentence(wild)),
  }) as fc.Arbitrary<Recipe>;
}

function volume(wild: Wildness): fc.Arbitrary<VolumeRecipe> {
  return fc.record({
    name: serviceName(wild),
    directory: fc.option(among(wild, './shared', 'data/a b', './a'), { nil: undefined }),
    megabytes: count(wild, 100_000),
    storageClass: fc.option(among(wild, 'fast', 'rook-ceph.fs'), { nil: undefined }),
    multiWriter: fc.boolean(),
    description: sentence(wild),
  });
}

function policy(wild: Wildness): fc.Arbitrary<PolicyRecipe> {
  const globs = fc.option(fc.array(among(wild, '**', 'docs/**', '*.{md,txt}', 'a b/[!x]*'), { maxLength: 2 }), {
    nil: undefined,
  });
  return fc.record({
    service: fc.nat(5),
    workspace: among(wild, '/workspace'),
    clients: fc.array(
      fc.record({
        name: name(wild),
        envFile: fc.nat(2),
        key: fc.nat(3),
        callsPerMinute: fc.option(count(wild, 600), { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
    tools: fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom('file', 'image', 'command', 'named'),
        name: among(wild, 'read_file', 'show', 'git_log', 'x'),
        argv: fc.array(sentence(wild), { maxLength: 3 }).map((words) => ['git', ...words]),
        allow: globs,
        deny: globs,
        writes: wild === 0 || wild > 100 ? fc.constant(false) : fc.boolean(),
        timeout: fc.option(count(wild, 60), { nil: undefined }),
        callsPerMinute: fc.option(count(wild, 60), { nil: undefined }),
      }),
      { maxLength: 3, selector: (one) => one.name },
    ),
    capabilities: mixed<string[]>(wild, fc.constant(CAPABILITIES), fc.constant([])),
  }) as fc.Arbitrary<PolicyRecipe>;
}

function check(wild: Wildness): fc.Arbitrary<CheckRecipe> {
  return fc.record({
    id: name(wild),
    title: sentence(wild),
    shell: fc.option(sentence(wild).map((line) => `true ${line}`), { nil: undefined }),
    words: fc.array(sentence(wild), { maxLength: 2 }).map((words) => ['config', ...words]),
    expectation: sentence(wild),
    expectedOutput: fc.option(sentence(wild), { nil: undefined }),
    covers: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
    files: fc.option(fc.array(among(wild, 'package.json', 'README.md'), { maxLength: 2 }), { nil: undefined }),
    program: fc.option(among(wild, 'codex', 'node'), { nil: undefined }),
    timeout: fc.option(count(wild, 600), { nil: undefined }),
    required: fc.option(fc.boolean(), { nil: undefined }),
  });
}
