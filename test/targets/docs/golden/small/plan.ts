import { FidelityEntry } from '../../../../../src/plan/fidelity';
import { Plan } from '../../../../../src/plan/plan';
import { anImage, aPlan, aService, SOME_DIGEST } from '../../../../plan/plan-builder';
import { aCheck, aRecord } from '../../status-builder';

const DENIED = ['.git/**', '**/.env*'];

/** One of everything that the pages show, and never approved. */
export const plan: Plan = aPlan({
  name: 'box',
  title: 'Box',
  description: 'An agent with a model and tools',
  services: [
    aService({
      name: 'agent',
      description: 'Writes code',
      image: anImage({ origin: 'build', repository: 'box/agent', tag: '1.0.0', digest: undefined, build: { context: 'containers/agent', dockerfile: 'Dockerfile', baseComponents: ['base'], args: [] } }),
      hostServices: ['host-model'],
      terminal: true,
      resources: { cpuMillis: 1500, memoryMegabytes: 2048, pids: 256, ephemeralStorageMegabytes: 512 },
      healthCheck: { probe: { kind: 'command', command: ['agent', '--version'], tool: 'agent' }, intervalSeconds: 60, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 0 },
    }),
    aService({
      name: 'fetch',
      description: 'Fetches the model, and ends',
      lifecycle: 'one-shot',
      optionalPart: 'fetch',
      places: ['workstation'],
      image: anImage({ digest: undefined }),
      restart: 'on-failure',
    }),
    aService({
      name: 'gateway',
      description: 'Lets tools through',
      optionalPart: 'tools',
      user: { uid: 0, gid: 0 },
      image: anImage({ facts: { rootReason: 'It opens a low port.' } }),
      capabilities: ['NET_BIND_SERVICE'],
      notes: ['It forgets | pipes after an hour.'],
      accelerator: { vendor: 'nvidia', count: 1 },
      ports: [
        { name: 'mcp', port: 8811, protocol: 'tcp', exposure: 'loopback', hostPort: 18811 },
        { name: 'metrics', port: 9090, protocol: 'tcp', exposure: 'internal' },
      ],
      healthCheck: {
        probe: { kind: 'http', port: 8811, path: '/readyz', command: ['gateway', '--health-check'], tool: 'gateway' },
        intervalSeconds: 15,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 10,
      },
    }),
  ],
  hostServices: [{ path: 'box/host-model', name: 'host-model', description: 'The model on the host', hostname: 'host.docker.internal', port: 11434, component: 'model' }],
  optionalParts: [
    { path: 'box/fetch-part', name: 'fetch', description: 'Fetches the model, once', services: ['fetch'] },
    { path: 'box/tools-part', name: 'tools', description: 'Tools for the agent', services: ['gateway'] },
  ],
  volumes: [
    {
      path: 'box/logs',
      name: 'logs',
      description: 'Audit log',
      source: { kind: 'persistent' },
      megabytes: 1000,
      multiWriter: false,
      users: [{ service: 'gateway', readOnly: false }],
    },
    {
      path: 'box/shared',
      name: 'shared',
      description: 'The workspace',
      source: { kind: 'host-directory', directory: 'shared' },
      megabytes: 20480,
      multiWriter: false,
      users: [{ service: 'agent', readOnly: false }, { service: 'gateway', readOnly: true }],
    },
  ],
  networks: [
    { path: 'box/host', name: 'host', description: 'To the host', egress: 'host', members: ['agent'] },
    { path: 'box/tools', name: 'tools', description: 'To the tools', egress: 'none', members: ['agent', 'gateway'] },
  ],
  envFiles: [{ path: 'box/env', file: '.env.local', name: 'box-env', keys: [{ name: 'TOKEN', description: 'Opens the gateway', usedBy: ['agent', 'gateway'] }] }],
  reaches: [
    { from: 'agent', to: { kind: 'host-service', name: 'host-model', port: 11434, protocol: 'tcp' }, network: 'host', places: ['workstation'] },
    { from: 'agent', to: { kind: 'service', name: 'gateway', port: 8811, protocol: 'tcp' }, network: 'tools', places: ['cluster', 'workstation'] },
    { from: 'agent', to: { kind: 'service', name: 'gateway', port: 9090, protocol: 'tcp' }, network: 'tools', places: ['cluster', 'workstation'] },
    { from: 'agent', to: { kind: 'internet' }, network: 'host', places: ['workstation'] },
  ],
  pins: [
    {
      component: 'agent',
      title: 'Agent',
      version: '1.0.0',
      runsOn: ['container', 'host'],
      artifact: { kind: 'npm', name: '@example/agent', integrity: `sha512-${'A'.repeat(86)}==` },
      status: 'decided',
      notes: 'Goes with `model` 2.',
      usedBy: ['agent'],
    },
    { component: 'engine', title: 'Engine', version: '28.4.0', runsOn: ['host'], artifact: { kind: 'none' }, status: 'decided', notes: '', usedBy: [] },
    {
      component: 'gateway',
      title: 'Gateway',
      version: '1.2.3',
      runsOn: ['container'],
      artifact: { kind: 'image', repository: 'example/web', tag: '1.2.3', digest: SOME_DIGEST },
      status: 'decided',
      notes: '',
      usedBy: ['gateway'],
    },
    {
      component: 'model',
      title: 'model',
      version: '2',
      runsOn: ['host'],
      artifact: { kind: 'image', repository: 'example/model', tag: '2', missingReason: 'No registry was reached' },
      status: 'undecided',
      notes: 'To be decided',
      usedBy: ['host-model'],
      location: { file: 'inventories/versions.yaml', line: 12 },
    },
  ],
  policies: [{
    path: 'box/gateway/policy',
    service: 'gateway',
    workspace: { root: '/workspace', readOnly: true },
    tools: [
      { name: 'fs_list', kind: 'file', action: 'list', writes: false, clients: ['agent'], allow: [], deny: DENIED, timeoutMillis: 10000, maxOutputBytes: 262144, callsPerMinute: 60, offered: true },
      { name: 'fs_read', kind: 'file', action: 'read', writes: false, clients: ['agent'], allow: [], deny: DENIED, timeoutMillis: 1500, maxOutputBytes: 1000, callsPerMinute: 60, offered: true },
      { name: 'fs_stat', kind: 'file', action: 'stat', writes: false, clients: ['agent'], allow: [], deny: DENIED, offered: true },
      { name: 'git_log', kind: 'command', action: 'git log --max-count={count}', writes: false, clients: ['agent'], allow: ['docs/**'], deny: [], offered: true },
      { name: 'note', kind: 'other', action: '', writes: true, clients: [], allow: [], deny: [], offered: false },
    ],
  }],
  checks: [
    aCheck({
      name: 'build',
      title: 'The image builds',
      command: { kind: 'compose', words: ['build', 'agent'] },
      expectation: 'It ends with exit code 0.',
      covers: ['agent'],
      files: ['containers/agent'],
      needs: [{ kind: 'engine' }],
      status: { kind: 'verified', record: aRecord({ check: 'build', tools: [{ name: 'docker', version: '28.4.0' }, { name: 'docker compose', version: '2.39.4' }] }) },
    }),
    aCheck({
      name: 'health',
      title: 'The gateway is healthy',
      command: { kind: 'compose', words: ['run', 'gateway', '--health-check'] },
      expectation: 'It is initialised',
      expectedOutput: 'initialised',
      covers: ['gateway'],
      needs: [{ kind: 'engine' }],
      status: { kind: 'failed', record: aRecord({ check: 'health', outcome: 'failed', exitCode: 1 }) },
    }),
    aCheck({
      name: 'model',
      title: 'The agent reaches the model',
      command: { kind: 'shell', line: 'bin/agent ask | sort' },
      covers: ['agent', 'host-model'],
      needs: [{ kind: 'host-service', name: 'host-model' }, { kind: 'program', name: 'agent' }],
      status: { kind: 'verified', record: aRecord({ check: 'model', method: 'hand', exitCode: undefined, by: 'the maintainers', note: 'Seen on a workstation' }) },
    }),
    aCheck({ name: 'speed', title: 'It is fast', expectation: 'Less than a second.', required: false, needs: [{ kind: 'cluster' }] }),
    aCheck({
      name: 'walls',
      title: 'Networks hold',
      covers: ['agent', 'gateway'],
      status: {
        kind: 'stale',
        record: aRecord({ check: 'walls' }),
        changes: [{ part: 'network tools', how: 'new' }, { part: 'pin gateway', how: 'gone' }, { part: 'service agent', how: 'changed' }, { part: 'service gateway', how: 'changed' }],
      },
    }),
  ],
  gate: {
    fingerprint: { digest: SOME_DIGEST, parts: [] },
    missing: [
      { kind: 'check', name: 'health' },
      { kind: 'check', name: 'walls' },
      { kind: 'pin', component: 'model' },
      { kind: 'waiver', path: 'box/fetch/digest' },
      { kind: 'approval' },
    ],
  },
  records: {
    evidenceDirectory: 'inventories/evidence',
    approvalFile: 'inventories/approval.yaml',
    stray: [{ check: 'gone', location: { file: 'inventories/evidence/gone.yaml', line: 1 } }],
  },
  waivers: [
    { path: 'box/fetch/digest', rule: 'image-digest', scope: 'box/fetch', reason: 'No registry was reached', blocksApproval: true },
    { path: 'box/gateway/user', rule: 'service-user', scope: 'box/gateway', reason: 'It opens a low port.', until: '2026-12-31', blocksApproval: false },
  ],
  exceptions: [{ linter: 'kube-linter', check: 'no-read-only-root-fs', where: 'Deployment/agent', reason: 'It writes to `/tmp`' }],
  decisions: [{ path: 'box/which', title: 'Which gateway', choice: 'Our own', alternatives: ['Another one'], reasons: ['It judges arguments', 'It keeps a log.'] }],
  roadmap: ['Monitoring', 'A reverse proxy with authentication.'],
});

export const fidelity: readonly FidelityEntry[] = [
  { target: 'compose', path: 'box/agent', fact: 'ephemeral storage', verdict: 'left-out', reason: 'An engine does not limit it.', remedy: 'Keep the root read-only.' },
  { target: 'kubernetes', path: 'box/gateway', fact: 'log rotation', verdict: 'left-out', reason: 'The cluster rotates logs.', remedy: 'Set it at the kubelet.' },
  { target: 'kubernetes', path: 'box/agent', fact: 'log rotation', verdict: 'left-out', reason: 'The cluster rotates logs.', remedy: 'Set it at the kubelet.' },
  { target: 'kubernetes', path: 'box/agent', fact: 'terminal', verdict: 'adapted', reason: 'A person attaches to the pod.', remedy: 'Attach: `kubectl attach -it agent-0`.' },
  { target: 'kubernetes', path: 'box/host-model', fact: 'host service', verdict: 'refused', reason: 'A cluster has no host.', remedy: 'Name a service that stands in for it.' },
];
