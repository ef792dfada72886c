import { anImage, aPlan, aService } from '../../../../plan/plan-builder';

const agent = aService({
  name: 'agent',
  image: anImage({
    origin: 'build',
    repository: 'box/agent',
    tag: '0.42.0',
    digest: undefined,
    build: { context: 'containers/agent', dockerfile: 'Dockerfile', baseComponents: [], args: [] },
    facts: { healthTools: ['bash'], writablePaths: ['/home/agent', '/tmp'] },
  }),
  command: ['/bin/bash', '-c', 'echo "$HOME" $(date)'],
  workingDirectory: '/workspace',
  environment: [
    { name: 'GATEWAY_TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'GATEWAY_TOKEN' } },
    {
      name: 'GATEWAY_URL',
      value: {
        kind: 'endpoint',
        endpoint: { to: 'service', name: 'gateway', port: 8811, scheme: 'http', suffix: '/mcp' },
      },
    },
    { name: 'TELEMETRY', value: { kind: 'literal', text: 'no' } },
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
          { kind: 'text', text: '\nurl = "' },
          {
            kind: 'endpoint',
            endpoint: { to: 'service', name: 'gateway', port: 8811, scheme: 'http', suffix: '/mcp' },
          },
          { kind: 'text', text: '"\n' },
        ],
      },
    },
    { kind: 'volume', path: '/workspace', volume: 'shared', readOnly: false },
  ],
  attachments: [{ network: 'tools', aliases: [] }],
  dependencies: [{ service: 'gateway', condition: 'healthy' }],
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
  overrides: {
    compose: [],
    kubernetes: [
      {
        op: 'add',
        pointer: '/spec/template/spec/nodeSelector',
        value: { 'kubernetes.io/os': 'linux' },
        reason: 'Our cluster has other nodes too.',
      },
    ],
  },
});

const gateway = aService({
  name: 'gateway',
  profile: 'tools',
  image: anImage({ repository: 'example/gateway', facts: { healthTools: ['node'] } }),
  environment: [{ name: 'GATEWAY_TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'GATEWAY_TOKEN' } }],
  mounts: [{ kind: 'volume', path: '/workspace', volume: 'shared', readOnly: true }],
  ports: [{ name: 'mcp', port: 8811, protocol: 'tcp', exposure: 'internal' }],
  attachments: [{ network: 'tools', aliases: [] }],
  healthCheck: {
    probe: { kind: 'http', port: 8811, path: '/health', command: ['node', 'health.mjs'], tool: 'node' },
    intervalSeconds: 10,
    timeoutSeconds: 3,
    retries: 5,
    startPeriodSeconds: 20,
  },
  resources: {
    cpuMillis: 500,
    cpuRequestMillis: 125,
    memoryMegabytes: 256,
    memorySwapMegabytes: 256,
    memoryRequestMegabytes: 128,
    pids: 64,
    ephemeralStorageMegabytes: 512,
  },
  init: true,
});

/** A person's agent and the gateway it waits for, on one network and one workspace that the gateway only reads. */
export const plan = aPlan({
  services: [agent, gateway],
  profiles: [{ path: 'box/tools-part', name: 'tools', description: '', services: ['gateway'] }],
  volumes: [
    {
      path: 'box/shared',
      name: 'shared',
      description: 'The workspace.',
      source: { kind: 'host-directory', directory: './shared' },
      megabytes: 10240,
      multiWriter: false,
      users: [
        { service: 'agent', readOnly: false },
        { service: 'gateway', readOnly: true },
      ],
    },
  ],
  networks: [{ path: 'box/tools', name: 'tools', description: '', egress: 'none', members: ['agent', 'gateway'] }],
  envFiles: [
    {
      path: 'box/env-local',
      file: '.env.local',
      name: 'env-local',
      keys: [{ name: 'GATEWAY_TOKEN', description: '', usedBy: ['agent', 'gateway'] }],
    },
  ],
  reaches: [
    {
      from: 'agent',
      to: { kind: 'service', name: 'gateway', port: 8811, protocol: 'tcp' },
      network: 'tools',
      places: ['cluster', 'workstation'],
    },
  ],
});
