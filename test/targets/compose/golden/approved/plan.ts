import { Plan } from '../../../../../src/plan/plan';
import { aPlan, aService, anImage } from '../../../../plan/plan-builder';

/**
 * An approved toolbox: an image that is built, a model server with an accelerator, a one-shot before it, an override.
 */
export const plan: Plan = aPlan({
  stage: 'approved',
  services: [
    aService({
      name: 'agent',
      profile: 'agents',
      image: anImage({
        origin: 'build',
        repository: 'box/agent',
        digest: undefined,
        build: {
          context: './containers/agent',
          dockerfile: 'Dockerfile',
          baseComponents: [],
          args: [{ name: 'VERSION', value: '1.10' }],
        },
      }),
      entrypoint: ['/usr/bin/tini', '--'],
      workingDirectory: '/workspace',
      terminal: true,
      init: true,
      restart: 'never',
      dependencies: [{ service: 'models', condition: 'healthy' }],
      overrides: {
        compose: [
          { key: 'shm_size', value: '64m', reason: 'The browser needs shared memory.' },
          { key: 'logging', value: { options: { compress: 'true' } }, reason: 'Disks are small.' },
          { key: 'ulimits', value: { nofile: { soft: 1024, hard: 2048 } }, reason: 'Many files are open.' },
        ],
        kubernetes: [],
      },
    }),
    aService({
      name: 'fetch',
      lifecycle: 'one-shot',
      restart: 'on-failure',
      restartAttempts: 5,
      attachments: [{ network: 'world', aliases: [] }],
    }),
    aService({
      name: 'models',
      image: anImage({ repository: 'ollama/ollama', tag: '0.12.3' }),
      healthCheck: {
        probe: { kind: 'command', command: ['ollama', 'list'], tool: 'ollama' },
        intervalSeconds: 30,
        timeoutSeconds: 10,
        retries: 3,
        startPeriodSeconds: 60,
      },
      dependencies: [{ service: 'fetch', condition: 'completed' }],
      resources: {
        cpuMillis: 1500,
        cpuRequestMillis: 375,
        memoryMegabytes: 4096,
        memorySwapMegabytes: 4096,
        memoryRequestMegabytes: 2048,
        pids: 256,
        ephemeralStorageMegabytes: 512,
      },
      accelerator: { vendor: 'nvidia', count: 'all' },
      user: { uid: 0, gid: 0 },
      readOnlyRoot: false,
      capabilities: ['CHOWN'],
      stopGraceSeconds: 60,
    }),
  ],
  profiles: [{ path: 'box/agents', name: 'agents', description: 'Agents.', services: ['agent'] }],
  networks: [{ path: 'box/world', name: 'world', description: 'The world.', egress: 'internet', members: ['fetch'] }],
});
