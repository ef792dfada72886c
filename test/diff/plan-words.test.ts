import { linesOf, Texts, GARVIS } from './support';
import { versionsOf } from '../../src/diff/versions';
import { Plan, ServicePlan } from '../../src/plan/plan';
import { SettingFact, TargetFacts } from '../../src/plan/target-facts';
import { renderCompose } from '../../src/targets/compose';
import { readCompose } from '../../src/targets/compose/read/read-compose';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { readKubernetes } from '../../src/targets/kubernetes/read/read-kubernetes';
import { parseYaml } from '../../src/targets/parse-text';
import { FIXTURE_PLAN } from '../parity/fixture-plan';

/** What both targets make of a plan. */
function rendered(plan: Plan): Texts {
  return new Map(
    [...renderCompose(plan).files, ...renderKubernetes(plan).files].map(({ path, content }) => [path, content]),
  );
}

const BEFORE = rendered(FIXTURE_PLAN);

/** The words for a plan in which one service is another one. */
function wordsWith(name: string, edit: (service: ServicePlan) => ServicePlan): string[] {
  const services = FIXTURE_PLAN.services.map((service) => (service.name === name ? edit(service) : service));
  return linesOf(BEFORE, rendered({ ...FIXTURE_PLAN, services }));
}

test.each<[string, string, (service: ServicePlan) => ServicePlan, string]>([
  [
    'an image',
    'gateway',
    (service) => ({ ...service, image: { ...service.image, tag: '9.9.9' } }),
    'neutral  gateway  image: ',
  ],
  [
    'an image that is no longer pinned',
    'gateway',
    (service) => ({ ...service, image: { ...service.image, digest: undefined } }),
    'widened  gateway  image digest: removed, pinned  (compose, kubernetes)',
  ],
  [
    'a command',
    'agent',
    (service) => ({ ...service, command: ['/bin/true'] }),
    'neutral  agent  command: /bin/bash -c "echo \\"$HOME\\" ${USER}" -> /bin/true  (compose, kubernetes)',
  ],
  [
    'a value',
    'agent',
    (service) => ({
      ...service,
      environment: service.environment.map((one) =>
        one.name === 'LOG_LEVEL' ? { ...one, value: { kind: 'literal', text: '$HOME' } } : one,
      ),
    }),
    'neutral  agent  environment LOG_LEVEL: "no" -> "$HOME"  (compose, kubernetes)',
  ],
  [
    'a capability',
    'gateway',
    (service) => ({ ...service, capabilities: ['CHOWN'] }),
    'widened  gateway  capability CHOWN: added  (compose, kubernetes)',
  ],
  [
    'a root file system',
    'gateway',
    (service) => ({ ...service, readOnlyRoot: false }),
    'widened  gateway  root filesystem: read-only -> writable  (compose, kubernetes)',
  ],
  [
    'a user',
    'gateway',
    (service) => ({ ...service, user: { uid: 0, gid: 0 } }),
    'widened  gateway  user: 10001:10001 -> 0:0  (compose, kubernetes)',
  ],
  [
    'a higher limit',
    'agent',
    (service) => ({ ...service, resources: { ...service.resources, memoryMegabytes: 4096 } }),
    'neutral  agent  limit memory: 2048 MiB -> 4096 MiB  (compose, kubernetes)',
  ],
  [
    'fewer processors',
    'agent',
    (service) => ({ ...service, resources: { ...service.resources, cpuMillis: 1500 } }),
    'neutral  agent  limit processors: 2 -> 1.5  (compose, kubernetes)',
  ],
  [
    'no limit',
    'agent',
    (service) => ({ ...service, resources: { ...service.resources, memoryMegabytes: undefined } }),
    'widened  agent  limit memory: removed, 2048 MiB  (compose, kubernetes)',
  ],
  [
    'an profile',
    'agent',
    (service) => ({ ...service, profile: undefined }),
    'widened  agent  profile: removed, agents  (compose, kubernetes)',
  ],
  [
    'a secret',
    'agent',
    (service) => ({ ...service, environment: service.environment.filter(({ value }) => value.kind !== 'secret') }),
    'narrowed  agent  secret GATEWAY_TOKEN: removed, '
      + 'given (compose: .env.local, kubernetes: Secret env-local)  (compose, kubernetes)',
  ],
  [
    'a health check',
    'gateway',
    (service) => ({ ...service, healthCheck: { ...service.healthCheck!, retries: 9 } }),
    'neutral  gateway  health check: changed, see the text diff  (compose)',
  ],
  [
    'a file',
    'agent',
    (service) => ({
      ...service,
      mounts: service.mounts.map((mount) =>
        mount.kind === 'file'
          ? { ...mount, file: { ...mount.file, content: [{ kind: 'text', text: 'new\n' }] } }
          : mount,
      ),
    }),
    'neutral  agent  file /home/agent/config.toml: changed, see the text diff  (compose, kubernetes)',
  ],
])('a change of the plan is one line for both targets: %s', (_name, service, edit, line) => {
  expect(wordsWith(service, edit).filter((one) => one.startsWith(line))).toHaveLength(1);
});

test('reports a new service with what it opens, and nothing else', () => {
  const without = rendered({
    ...FIXTURE_PLAN,
    services: FIXTURE_PLAN.services.filter(({ name }) => name !== 'gateway'),
  });
  const lines = linesOf(without, BEFORE).filter((line) => line.includes('  gateway  '));
  expect(lines.every((line) => line.startsWith('widened  '))).toBe(true);
  expect(
    lines.filter((line) => /gateway {2}(?:user|limit|health check|image|root filesystem|profile)/.test(line)),
  ).toEqual([]);
  expect(lines.filter((line) => /gateway {2}service: added/.test(line))).toHaveLength(1);
});

test('a draft that is approved is a change of the stage alone', () => {
  const approved = rendered({ ...FIXTURE_PLAN, stage: 'approved' });
  const draft = rendered({ ...FIXTURE_PLAN, stage: 'draft' });
  expect([...draft.keys()]).not.toEqual([...approved.keys()]);
  expect(linesOf(draft, approved)).toEqual(['neutral  toolbox  stage: draft -> approved  (compose, kubernetes)']);
  expect(linesOf(approved, draft)).toEqual(['neutral  toolbox  stage: approved -> draft  (compose, kubernetes)']);
  // approved files stay in place beside the draft of a change
  expect(linesOf(new Map([...approved, ...draft]), draft)).toEqual([]);
});

test('reports a target that was never committed in one line', () => {
  expect(linesOf(new Map(), BEFORE)).toEqual([
    'widened  compose  target: added, all of it  (compose)',
    'widened  kubernetes  target: added, all of it  (kubernetes)',
  ]);
  expect(linesOf(new Map(), new Map())).toEqual([]);
});

test.each<[string, Texts]>([
  ['a plan with everything', BEFORE],
  ['GARVIS', GARVIS],
])('every generated key is read as a fact or known to be harmless: %s', (_name, texts) => {
  const unknown = factsOf(texts).flatMap(settingsOf).filter(({ harmless }) => !harmless);
  expect(unknown).toEqual([]);
});

function factsOf(texts: Texts): TargetFacts[] {
  const parsed = (target: 'compose' | 'kubernetes') =>
    versionsOf(target, texts, texts).after!.paths.flatMap((path) => parseYaml(texts.get(path)!));
  return [readCompose(parsed('compose')[0], texts), readKubernetes(parsed('kubernetes'))];
}

function settingsOf({ services, networks, volumes, settings, cluster }: TargetFacts): readonly SettingFact[] {
  const { addresses = [], accounts = [], others = [], kustomization = { settings: [] } } = cluster ?? {};
  return [
    ...[...services, ...networks, ...volumes, ...addresses, ...accounts, ...others, kustomization].flatMap(
      (one) => one.settings,
    ),
    ...settings,
  ];
}
