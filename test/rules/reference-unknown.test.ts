import { aService, aToolbox, messages } from './support';
import { Check, CheckCommand, EnvFile, EnvironmentValue, Mount, Network, OptionalPart, Secret, Size, Volume } from '../../src/core';
import { referenceUnknown } from '../../src/rules/reference-unknown';

describe('rule reference-unknown', () => {
  test('fails for things of another toolbox', () => {
    const other = aToolbox();
    expect(messages(referenceUnknown, (box) => {
      const app = aService(box, 'app', {
        mounts: [Mount.volume(Volume.persistent(other, 'data', { size: Size.gibibytes(1) }), '/data')],
        networks: [new Network(other, 'net')],
        optionalPart: new OptionalPart(other, 'part', { description: 'd' }),
        environment: { TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(other, 'env'), 'TOKEN', { description: 'd' })) },
      });
      app.dependOn(aService(other, 'service'));
    })).toEqual(expect.arrayContaining([
      'The volume "data" is not part of this toolbox.', 'The network "net" is not part of this toolbox.', 'The optional part "part" is not part of this toolbox.',
      'The env file "env" is not part of this toolbox.', 'The service "service" is not part of this toolbox.',
    ]));
  });

  test('fails for a check that covers neither service nor host service', () => {
    expect(messages(referenceUnknown, (box) => new Check(box, 'check', { title: 't', command: CheckCommand.shell('c'), expectation: 'e', covers: [new Network(box, 'net')] }))).toHaveLength(1);
  });

  test('accepts things of the same toolbox', () => {
    expect(messages(referenceUnknown, (box) => {
      const app = aService(box, 'app', {
        mounts: [Mount.volume(Volume.persistent(box, 'data', { size: Size.gibibytes(1) }), '/data')],
        networks: [new Network(box, 'net')],
        optionalPart: new OptionalPart(box, 'part', { description: 'd' }),
        environment: { PLAIN: EnvironmentValue.literal('x'), TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' })) },
      });
      app.dependOn(aService(box, 'service'));
      new Check(box, 'check', { title: 't', command: CheckCommand.shell('c'), expectation: 'e', covers: [app] });
    })).toEqual([]);
  });
});
