import { Plan } from '../../../../../src/plan/plan';
import { aPlan, aService, anImage } from '../../../../plan/plan-builder';

/**
 * Two services that share an env file, one of them with half of its keys; a configuration file; text that Compose would
 * look into.
 */
export const plan: Plan = aPlan({
  outdir: 'out/put',
  services: [
    aService({
      name: 'reader',
      image: anImage({ facts: { writablePaths: ['/etc/reader', '/tmp', '/tmp/cache'] } }),
      command: ['sh', '-c', 'echo "$HOME" ${USER} $$'],
      environment: [
        { name: 'PRICE', value: { kind: 'literal', text: '5$ #1 \'n\' "q"' } },
        { name: 'READER_TOKEN', value: { kind: 'secret', envFile: 'local', key: 'READER_TOKEN' } },
        { name: 'YES', value: { kind: 'literal', text: 'yes' } },
      ],
      mounts: [
        {
          kind: 'file',
          path: '/etc/reader/reader.toml',
          file: {
            constructPath: 'box/reader/config',
            name: 'reader.toml',
            content: [
              { kind: 'text', text: '# ' },
              { kind: 'provenance' },
              { kind: 'text', text: '\nurl = "' },
              { kind: 'endpoint', endpoint: { to: 'service', name: 'writer', port: 80, scheme: 'http', suffix: '/' } },
              { kind: 'text', text: '"\nprice = "5$"\n' },
            ],
          },
        },
        { kind: 'scratch', path: '/scratch', megabytes: 16, executable: true },
        { kind: 'volume', path: '/work', volume: 'work', readOnly: true },
      ],
    }),
    aService({
      name: 'writer',
      environment: [
        { name: 'READER_TOKEN', value: { kind: 'secret', envFile: 'local', key: 'READER_TOKEN' } },
        { name: 'WRITER_TOKEN', value: { kind: 'secret', envFile: 'local', key: 'WRITER_TOKEN' } },
      ],
      mounts: [
        { kind: 'volume', path: '/log', volume: 'log', readOnly: false },
        { kind: 'volume', path: '/work', volume: 'work', readOnly: false },
      ],
    }),
  ],
  volumes: [
    {
      path: 'box/log',
      name: 'log',
      description: 'Log.',
      source: { kind: 'persistent' },
      megabytes: 100,
      multiWriter: false,
      users: [{ service: 'writer', readOnly: false }],
    },
    {
      path: 'box/work',
      name: 'work',
      description: 'Work.',
      source: { kind: 'host-directory', directory: 'shared' },
      megabytes: 100,
      multiWriter: false,
      users: [
        { service: 'reader', readOnly: true },
        { service: 'writer', readOnly: false },
      ],
    },
  ],
  envFiles: [
    {
      path: 'box/local',
      file: '.env.local',
      name: 'local',
      keys: [
        {
          name: 'READER_TOKEN',
          description: "Lets the reader in.\nAsk the writer's owner.",
          usedBy: ['reader', 'writer'],
        },
        { name: 'WRITER_TOKEN', description: '', usedBy: ['writer'] },
      ],
    },
  ],
});
