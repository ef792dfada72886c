import * as fc from 'fast-check';
import {
  Check,
  CheckCommand,
  ConfigFile,
  Content,
  Decision,
  DependencyCondition,
  Egress,
  EnvFile,
  EnvironmentValue,
  HostService,
  Lifecycle,
  Mount,
  Network,
  Profile,
  Port,
  Secret,
  Service,
  Size,
  Testing,
  Toolbox,
  Volume,
} from '../../src/core';
import { aService, aToolbox } from '../rules/support';

/** What is made at each stage, in any order within the stage: later stages refer to earlier ones. */
const STAGES: ((box: Toolbox) => void)[][] = [
  [
    ...['alpha', 'beta'].map((id) => (box: Toolbox) => {
      new Network(box, id);
    }),
    (box) => {
      new Network(box, 'outside', { egress: Egress.INTERNET });
    },
    ...['data', 'models'].map((id) => (box: Toolbox) => {
      Volume.persistent(box, id, { size: Size.gibibytes(1), multiWriter: true });
    }),
    (box) => {
      new Profile(box, 'part', { description: 'An profile' });
    },
    (box) => {
      new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'A token' });
    },
    (box) => {
      new HostService(box, 'host', { port: 9000 });
    },
    ...['one', 'two'].map((id) => (box: Toolbox) => {
      new Decision(box, `decision-${id}`, { title: id, choice: 'c', alternatives: ['b'], reasons: ['r'] });
    }),
  ],
  [
    ...['api', 'web', 'worker'].map((id) => (box: Toolbox) => {
      aService(box, id);
    }),
    (box) => {
      aService(box, 'seed', { lifecycle: Lifecycle.ONE_SHOT, healthCheck: undefined });
    },
  ],
  [
    (box) => find<Service>(box, 'api').addNetwork(find(box, 'alpha')),
    (box) => find<Service>(box, 'api').addNetwork(find(box, 'outside')),
    (box) => find<Service>(box, 'api').addNetwork(find(box, 'beta'), { aliases: ['b', 'a'] }),
    (box) => find<Service>(box, 'web').addNetwork(find(box, 'alpha')),
    (box) => find<Service>(box, 'worker').addNetwork(find(box, 'outside')),
    (box) => find<Service>(box, 'api').addPort(Port.internal(8080, { name: 'http' })),
    (box) => find<Service>(box, 'api').addPort(Port.loopback(9090, { name: 'admin' })),
    (box) =>
      find<Service>(box, 'web').addEnvironment(
        'API',
        EnvironmentValue.endpoint(find<Service>(box, 'api').endpoint(8080)),
      ),
    (box) => find<Service>(box, 'web').addEnvironment('TOKEN', EnvironmentValue.secret(find(box, 'env/TOKEN'))),
    (box) => find<Service>(box, 'web').addEnvironment('9', EnvironmentValue.literal('x')),
    (box) => find<Service>(box, 'api').addMount(Mount.volume(find(box, 'data'), '/data')),
    (box) => find<Service>(box, 'worker').addMount(Mount.volume(find(box, 'data'), '/data', { readOnly: true })),
    (box) => find<Service>(box, 'worker').addMount(Mount.volume(find(box, 'models'), '/models')),
    (box) =>
      find<Service>(box, 'worker').addMount(
        Mount.file(new ConfigFile(find(box, 'worker'), 'a.conf', { content: [Content.text('a\n')] }), '/etc/a.conf'),
      ),
    (box) => find<Service>(box, 'web').addDependency(find(box, 'api')),
    (box) => find<Service>(box, 'web').addDependency(find(box, 'seed'), DependencyCondition.COMPLETED),
    (box) => {
      new Check(box, 'check', {
        title: 't',
        command: CheckCommand.shell('c'),
        expectation: 'e',
        covers: [find(box, 'web'), find(box, 'api')],
      });
    },
  ],
];

function find<T>(box: Toolbox, path: string): T {
  return path.split('/').reduce((at, id) => at.node.findChild(id), box as Toolbox['node']['root']) as T;
}

function synthesized(stages: readonly (readonly ((box: Toolbox) => void)[])[]): string {
  const box = aToolbox();
  stages.flat().forEach((make) => make(box));
  const { files, findings } = Testing.synth(box);
  return JSON.stringify([files, findings.map(({ rule, path, message }) => [rule, path, message])]);
}

/** Every stage in some order. */
const shuffled = fc.tuple(...STAGES.map((stage) => fc.shuffledSubarray(stage, { minLength: stage.length })));

describe('the order in which a model is written down', () => {
  test('does not matter to a single byte', () => {
    const stages = STAGES.map((stage) => stage.filter((make) => !make.toString().includes('\'9\'')));
    const expected = synthesized(stages);
    expect(expected).toContain('docker-compose.draft.yml');
    fc.assert(fc.property(shuffled, (order) => {
      const same = order.map((stage) => stage.filter((make) => !make.toString().includes('\'9\'')));
      expect(synthesized(same)).toBe(expected);
    }), { numRuns: 50 });
  });

  test('does not matter to what is found wrong', () => {
    const expected = synthesized(STAGES);
    expect(expected).toContain('name-grammar');
    fc.assert(fc.property(shuffled, (order) => {
      expect(synthesized(order)).toBe(expected);
    }), { numRuns: 50 });
  });
});
