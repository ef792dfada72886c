import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { aHostService, AGENT, anExamination, aPin, Call, containersAre, GivenContainer, Machine } from './support';
import { Examination } from '../../src/doctor';
import { Plan, ServicePlan } from '../../src/plan/plan';
import { renderCompose } from '../../src/targets/compose';
import { aFolder, put } from '../cli/support';
import { anImage, aPlan, aService } from '../plan/plan-builder';

export const TOKEN = 'correct-horse-battery-staple-9f2c';
export const COMPOSE_FILE = 'dist/compose/docker-compose.draft.yml';

const secret = { name: 'TOKEN', value: { kind: 'secret', envFile: 'env', key: 'TOKEN' } } as const;
const shared = { kind: 'volume', path: '/workspace', volume: 'shared', readOnly: false } as const;
const attached = (...networks: string[]) => networks.map((network) => ({ network, aliases: [] }));
const built = (repository: string, ...healthTools: string[]) =>
  anImage({
    origin: 'build',
    repository,
    tag: '1',
    digest: undefined,
    build: { context: repository, dockerfile: 'Dockerfile', args: [], baseComponents: [] },
    facts: { healthTools },
  });
const content = [
  { kind: 'text', text: 'url = ' },
  { kind: 'endpoint', endpoint: { to: 'service', name: 'gateway', port: 8811, scheme: 'http', suffix: '/mcp' } },
  { kind: 'text', text: '\n' },
] as const;

const SERVICES: readonly ServicePlan[] = [
  aService({
    name: 'agent',
    client: AGENT,
    image: built('box/agent', 'bash', 'codex', 'curl'),
    environment: [
      {
        name: 'MODELS',
        value: {
          kind: 'endpoint',
          endpoint: { to: 'host-service', name: 'host-ollama', port: 11434, scheme: 'http', suffix: '' },
        },
      },
      secret,
    ],
    mounts: [
      { kind: 'file', path: '/c', file: { constructPath: 'box/agent/c.toml', name: 'c.toml', content } },
      shared,
    ],
    attachments: attached('models', 'tools'),
    hostServices: ['host-ollama'],
  }),
  aService({
    name: 'gateway',
    profile: 'mcp',
    image: built('box/gateway', 'node'),
    environment: [secret],
    mounts: [{ ...shared, readOnly: true }],
    attachments: attached('tools'),
    resources: { cpuMillis: 1000, memoryMegabytes: 512 },
  }),
  aService({ name: 'ollama', profile: 'models', resources: { cpuMillis: 4000, memoryMegabytes: 24 * 1024 } }),
  aService({
    name: 'relay',
    places: ['workstation'],
    image: anImage({ repository: 'haproxy', tag: '3.0.11', digest: undefined, facts: { healthTools: ['bash'] } }),
    attachments: attached('host', 'models'),
    hostServices: ['host-ollama'],
  }),
];

/**
 * A toolbox like this library's own: an agent, a relay to the Ollama of the host, an optional gateway and an optional
 * Ollama.
 */
export const STACK: Plan = aPlan({
  linterSuppressions: [],
  services: SERVICES,
  hostServices: [aHostService({ relay: 'relay', addressSetting: { variable: 'OLLAMA_HOST', systemdUnit: 'ollama' } })],
  profiles: ['mcp', 'models'].map((name) => ({ path: `box/${name}`, name, description: '', services: [] })),
  networks: ['host', 'models', 'tools'].map((name) => ({
    path: `box/${name}`,
    name,
    description: '',
    egress: name === 'host' ? 'host' : 'none',
    members: [],
  })),
  volumes: [
    {
      path: 'box/shared',
      name: 'shared',
      description: '',
      source: { kind: 'host-directory', directory: './shared' },
      megabytes: 1,
      multiWriter: false,
      users: [
        { service: 'agent', readOnly: false },
        { service: 'gateway', readOnly: true },
      ],
    },
  ],
  envFiles: [
    { path: 'box/env', file: '.env.local', name: 'env', keys: [{ name: 'TOKEN', description: '', usedBy: [] }] },
  ],
  policies: [{ path: 'box/policy', service: 'gateway', workspace: { root: '/workspace', readOnly: true }, tools: [] }],
  pins: [aPin('ollama', '0.12.3'), aPin('codex-cli', '0.42.0', { runsOn: ['container'] })],
});

/** A folder with the generated files of a toolbox, its secrets and its workspace. */
export function aStackFolder(plan: Plan = STACK): string {
  const root = aFolder();
  for (const file of renderCompose(plan).files) {
    put(root, join('dist', file.path), file.content);
  }
  put(root, '.env.local', `TOKEN=${TOKEN}\n`);
  chmodSync(join(root, '.env.local'), 0o600);
  mkdirSync(join(root, 'shared'));
  return root;
}

export interface StackMachine extends Machine {
  readonly containers?: readonly GivenContainer[];
}

/** Lets a check look at a machine with such a folder. */
export function aStack(
  { containers = [], ...machine }: StackMachine = {},
  calls: Call[] = [],
  plan: Plan = STACK,
): Examination {
  const root = machine.root ?? aStackFolder(plan);
  const composeFile = machine.composeFile ?? join(root, COMPOSE_FILE);
  const all = containersAre(...containers.map((container) => ({ composeFile, ...container })));
  return anExamination(
    plan,
    { ...machine, root, composeFile, programs: { ...machine.programs, ...all, ...machine.programs } },
    calls,
  );
}

/** The containers of a toolbox that runs. */
export const RUNNING: readonly GivenContainer[] = [
  { service: 'agent', name: 'box-agent-1', networks: ['box_models', 'box_tools'] },
  { service: 'gateway', name: 'box-gateway-1', networks: ['box_tools'] },
  { service: 'relay', name: 'box-relay-1', networks: ['box_host', 'box_models'] },
];
