import { anImage, aPlan, aService } from '../../../../plan/plan-builder';

/** A model server as root, and a Job that alone reaches the internet to fetch its models. */
export const plan = aPlan({
  stage: 'approved',
  services: [
    aService({
      name: 'fetch',
      lifecycle: 'one-shot',
      image: anImage({ repository: 'example/models', tag: '2.0.0' }),
      entrypoint: ['fetch'],
      command: ['--model', 'gpt-oss:20b'],
      mounts: [{ kind: 'volume', path: '/models', volume: 'models', readOnly: false }],
      attachments: [{ network: 'internet', aliases: [] }],
      resources: {
        cpuMillis: 1000,
        cpuRequestMillis: 250,
        memoryMegabytes: 512,
        memorySwapMegabytes: 512,
        memoryRequestMegabytes: 256,
        pids: 64,
        ephemeralStorageMegabytes: 1024,
      },
      restart: 'on-failure',
    }),
    aService({
      name: 'models',
      image: anImage({
        repository: 'example/models',
        tag: '2.0.0',
        facts: { user: { uid: 0, gid: 0 }, healthTools: ['models'], rootReason: 'It writes below /root.' },
      }),
      user: { uid: 0, gid: 0 },
      mounts: [
        { kind: 'volume', path: '/root/.models', volume: 'models', readOnly: false },
        { kind: 'scratch', path: '/tmp', megabytes: 64, executable: true },
      ],
      ports: [{ name: 'http', port: 11434, protocol: 'tcp', exposure: 'loopback', hostPort: 11434 }],
      healthCheck: {
        probe: { kind: 'command', command: ['models', 'list'], tool: 'models' },
        intervalSeconds: 30,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 60,
      },
      dependencies: [{ service: 'fetch', condition: 'completed' }],
      resources: {
        cpuMillis: 4000,
        cpuRequestMillis: 1000,
        memoryMegabytes: 16384,
        memorySwapMegabytes: 16384,
        memoryRequestMegabytes: 8192,
        pids: 256,
        ephemeralStorageMegabytes: 1024,
      },
      accelerator: { vendor: 'nvidia', count: 1 },
      stopGraceSeconds: 30,
    }),
  ],
  volumes: [{
    path: 'box/models',
    name: 'models',
    description: 'Weights.',
    source: { kind: 'persistent' },
    megabytes: 51200,
    storageClass: 'shared',
    multiWriter: true,
    users: [],
  }],
  networks: [{ path: 'box/internet', name: 'internet', description: '', egress: 'internet', members: ['fetch'] }],
  reaches: [{ from: 'fetch', to: { kind: 'internet' }, network: 'internet', places: ['cluster', 'workstation'] }],
});
