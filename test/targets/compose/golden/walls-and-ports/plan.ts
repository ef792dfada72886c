import { Plan } from '../../../../../src/plan/plan';
import { aPlan, aService } from '../../../../plan/plan-builder';

/**
 * An agent between the host and an inner network; a gateway whose port is asked for outside but cannot be; a proxy that
 * has one.
 */
export const plan: Plan = aPlan({
  services: [
    aService({
      name: 'agent',
      environment: [
        {
          name: 'GATEWAY',
          value: {
            kind: 'endpoint',
            endpoint: { to: 'service', name: 'gateway', port: 8811, scheme: 'http', suffix: '/mcp' },
          },
        },
        {
          name: 'OLLAMA_HOST',
          value: {
            kind: 'endpoint',
            endpoint: { to: 'host-service', name: 'host-ollama', port: 11434, scheme: '', suffix: '' },
          },
        },
      ],
      attachments: [
        { network: 'inner', aliases: [] },
        { network: 'to-host', aliases: [] },
      ],
      hostServices: ['host-ollama'],
      dependencies: [{ service: 'gateway', condition: 'started' }],
    }),
    aService({
      name: 'gateway',
      ports: [{ name: 'http', port: 8811, protocol: 'tcp', exposure: 'loopback', hostPort: 8811 }],
      attachments: [{ network: 'inner', aliases: ['mcp'] }],
    }),
    aService({
      name: 'proxy',
      ports: [
        { name: 'dns', port: 53, protocol: 'udp', exposure: 'loopback', hostPort: 5353 },
        { name: 'https', port: 443, protocol: 'tcp', exposure: 'published', hostPort: 443 },
        { name: 'admin', port: 2019, protocol: 'tcp', exposure: 'internal' },
      ],
      attachments: [{ network: 'outer', aliases: [] }],
    }),
    aService({ name: 'somewhere-else', places: ['cluster'], attachments: [{ network: 'unused', aliases: [] }] }),
  ],
  hostServices: [
    {
      path: 'box/host-ollama',
      name: 'host-ollama',
      description: 'Models.',
      hostname: 'host.docker.internal',
      port: 11434,
    },
  ],
  networks: [
    { path: 'box/inner', name: 'inner', description: 'Tools.', egress: 'none', members: ['agent', 'gateway'] },
    { path: 'box/outer', name: 'outer', description: 'The world.', egress: 'internet', members: ['proxy'] },
    { path: 'box/to-host', name: 'to-host', description: 'The host.', egress: 'host', members: ['agent'] },
    { path: 'box/unused', name: 'unused', description: 'In the cluster.', egress: 'none', members: ['somewhere-else'] },
  ],
});
