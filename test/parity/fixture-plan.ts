import { Plan, ServicePlan } from '../../src/plan/plan';
import { anImage, aPlan, aService } from '../plan/plan-builder';

const agent: ServicePlan = aService({
  name: 'agent',
  profile: 'agents',
  image: anImage({
    origin: 'build',
    repository: 'box/agent',
    tag: '0.42.0',
    digest: undefined,
    build: {
      context: 'containers/agent',
      dockerfile: 'Dockerfile',
      baseComponents: [],
      args: [
        { name: 'AGENT_VERSION', value: '0.42.0' },
        { name: 'PRICE', value: '5$' },
      ],
    },
    facts: { writablePaths: ['/home/agent', '/tmp'] },
  }),
  entrypoint: ['/usr/bin/env'],
  command: ['/bin/bash', '-c', 'echo "$HOME" ${USER}'],
  workingDirectory: '/workspace',
  environment: [
    { name: 'GATEWAY_TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'GATEWAY_TOKEN' } },
    { name: 'LOG_LEVEL', value: { kind: 'literal', text: 'no' } },
    {
      name: 'OLLAMA_HOST',
      value: {
        kind: 'endpoint',
        endpoint: { to: 'host-service', name: 'host-ollama', port: 11434, scheme: 'http', suffix: '' },
      },
    },
  ],
  mounts: [
    {
      kind: 'file',
      path: '/home/agent/config.toml',
      file: {
        constructPath: 'box/agent/config',
        name: 'config.toml',
        content: [
          { kind: 'text', text: '# ' },
          { kind: 'provenance' },
          { kind: 'text', text: '\nbase_url = "' },
          {
            kind: 'endpoint',
            endpoint: { to: 'host-service', name: 'host-ollama', port: 11434, scheme: 'http', suffix: '/v1' },
          },
          { kind: 'text', text: '"\n' },
        ],
      },
    },
    { kind: 'scratch', path: '/scratch', megabytes: 512, executable: true },
    { kind: 'volume', path: '/workspace', volume: 'shared', readOnly: false },
  ],
  attachments: [
    { network: 'host', aliases: [] },
    { network: 'tools', aliases: [] },
  ],
  hostServices: ['host-ollama'],
  dependencies: [
    { service: 'gateway', condition: 'healthy' },
    { service: 'seed', condition: 'completed' },
  ],
  resources: {
    cpuMillis: 2000,
    cpuRequestMillis: 500,
    memoryMegabytes: 2048,
    memorySwapMegabytes: 2048,
    memoryRequestMegabytes: 1024,
    pids: 256,
    ephemeralStorageMegabytes: 1024,
  },
  terminal: true,
  init: true,
  restart: 'never',
});

const gateway: ServicePlan = aService({
  name: 'gateway',
  image: anImage({ repository: 'example/gateway', facts: { healthTools: ['node'], writablePaths: ['/tmp'] } }),
  environment: [
    { name: 'ADMIN_TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'ADMIN_TOKEN' } },
    { name: 'GATEWAY_TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'GATEWAY_TOKEN' } },
  ],
  mounts: [
    { kind: 'volume', path: '/var/log/gateway', volume: 'logs', readOnly: false },
    { kind: 'volume', path: '/workspace', volume: 'shared', readOnly: true },
  ],
  ports: [
    { name: 'mcp', port: 8811, protocol: 'tcp', exposure: 'internal' },
    { name: 'metrics', port: 9090, protocol: 'tcp', exposure: 'loopback', hostPort: 19090 },
  ],
  attachments: [{ network: 'online', aliases: [] }, { network: 'tools', aliases: ['mcp', 'tools-gateway'] }],
  healthCheck: {
    probe: { kind: 'http', port: 8811, path: '/health', command: ['node', 'health.mjs'], tool: 'node' },
    intervalSeconds: 10,
    timeoutSeconds: 3,
    retries: 5,
    startPeriodSeconds: 20,
  },
  resources: { cpuMillis: 500, memoryMegabytes: 256, memorySwapMegabytes: 256, pids: 64 },
  init: true,
  stopGraceSeconds: 30,
});

const ollama: ServicePlan = aService({
  name: 'ollama',
  image: anImage({
    repository: 'ollama/ollama',
    tag: '0.12.3',
    facts: { user: { uid: 0, gid: 0 }, healthTools: ['ollama'], rootReason: 'It writes below /root.' },
  }),
  mounts: [{ kind: 'volume', path: '/root/.ollama', volume: 'models', readOnly: false }],
  ports: [
    { name: 'dns', port: 53, protocol: 'udp', exposure: 'internal' },
    { name: 'http', port: 11434, protocol: 'tcp', exposure: 'published', hostPort: 11435 },
  ],
  attachments: [{ network: 'online', aliases: [] }],
  healthCheck: {
    probe: { kind: 'command', command: ['ollama', 'list'], tool: 'ollama' },
    intervalSeconds: 30,
    timeoutSeconds: 10,
    retries: 3,
    startPeriodSeconds: 0,
  },
  resources: { cpuMillis: 4500, memoryMegabytes: 8192, memorySwapMegabytes: 8192, pids: 512 },
  accelerator: { vendor: 'nvidia', count: 1 },
  user: { uid: 0, gid: 0 },
  readOnlyRoot: false,
  capabilities: ['CHOWN', 'NET_BIND_SERVICE'],
  restart: 'on-failure',
  restartAttempts: 5,
});

const seed: ServicePlan = aService({
  name: 'seed',
  lifecycle: 'one-shot',
  image: anImage({ repository: 'example/seed' }),
  mounts: [{ kind: 'volume', path: '/workspace', volume: 'shared', readOnly: false }],
  restart: 'never',
});

/** A toolbox with every kind of fact in it at least once. */
export const FIXTURE_PLAN: Plan = aPlan({
  services: [agent, gateway, ollama, seed],
  hostServices: [
    {
      path: 'box/host-ollama',
      name: 'host-ollama',
      description: 'Model server on the host.',
      hostname: 'host.docker.internal',
      port: 11434,
      clusterService: 'ollama',
    },
  ],
  profiles: [{ path: 'box/agents', name: 'agents', description: 'Agents.', services: ['agent'] }],
  volumes: [
    {
      path: 'box/logs',
      name: 'logs',
      description: 'Audit log.',
      source: { kind: 'persistent' },
      megabytes: 1024,
      multiWriter: false,
      users: [{ service: 'gateway', readOnly: false }],
    },
    {
      path: 'box/models',
      name: 'models',
      description: 'Models.',
      source: { kind: 'persistent' },
      megabytes: 51200,
      multiWriter: false,
      users: [{ service: 'ollama', readOnly: false }],
    },
    {
      path: 'box/shared',
      name: 'shared',
      description: 'The workspace.',
      source: { kind: 'host-directory', directory: './shared' },
      megabytes: 10240,
      multiWriter: true,
      users: [
        { service: 'agent', readOnly: false },
        { service: 'gateway', readOnly: true },
        { service: 'seed', readOnly: false },
      ],
    },
  ],
  networks: [
    { path: 'box/host', name: 'host', description: 'To the host.', egress: 'host', members: ['agent'] },
    {
      path: 'box/online',
      name: 'online',
      description: 'To the internet.',
      egress: 'internet',
      members: ['gateway', 'ollama'],
    },
    { path: 'box/tools', name: 'tools', description: 'Tools only.', egress: 'none', members: ['agent', 'gateway'] },
  ],
  envFiles: [
    {
      path: 'box/env-local',
      file: '.env.local',
      name: 'env-local',
      keys: [
        { name: 'ADMIN_TOKEN', description: 'Opens the metrics.', usedBy: ['gateway'] },
        { name: 'GATEWAY_TOKEN', description: 'Token of the agent.', usedBy: ['agent', 'gateway'] },
      ],
    },
  ],
  reaches: [
    {
      from: 'agent',
      to: { kind: 'service', name: 'gateway', port: 8811, protocol: 'tcp' },
      network: 'tools',
      places: ['cluster', 'workstation'],
    },
    {
      from: 'agent',
      to: { kind: 'service', name: 'gateway', port: 9090, protocol: 'tcp' },
      network: 'tools',
      places: ['cluster', 'workstation'],
    },
    {
      from: 'agent',
      to: { kind: 'host-service', name: 'host-ollama', port: 11434, protocol: 'tcp' },
      network: 'host',
      places: ['workstation'],
    },
    {
      from: 'agent',
      to: { kind: 'service', name: 'ollama', port: 11434, protocol: 'tcp' },
      network: 'host',
      places: ['cluster'],
    },
    { from: 'agent', to: { kind: 'internet' }, network: 'host', places: ['workstation'] },
    {
      from: 'gateway',
      to: { kind: 'service', name: 'ollama', port: 53, protocol: 'udp' },
      network: 'online',
      places: ['cluster', 'workstation'],
    },
    {
      from: 'gateway',
      to: { kind: 'service', name: 'ollama', port: 11434, protocol: 'tcp' },
      network: 'online',
      places: ['cluster', 'workstation'],
    },
    { from: 'gateway', to: { kind: 'internet' }, network: 'online', places: ['cluster', 'workstation'] },
    {
      from: 'ollama',
      to: { kind: 'service', name: 'gateway', port: 8811, protocol: 'tcp' },
      network: 'online',
      places: ['cluster', 'workstation'],
    },
    {
      from: 'ollama',
      to: { kind: 'service', name: 'gateway', port: 9090, protocol: 'tcp' },
      network: 'online',
      places: ['cluster', 'workstation'],
    },
    { from: 'ollama', to: { kind: 'internet' }, network: 'online', places: ['cluster', 'workstation'] },
  ],
});

