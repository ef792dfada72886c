import { aService, messages } from './support';
import { serviceHardening } from '../../src/rules/service-hardening';

describe('rule service-hardening', () => {
  test('accepts a service that says nothing', () => {
    expect(messages(serviceHardening, (box) => aService(box, 'a'))).toEqual([]);
  });

  test('warns of rights that an engine gives by default, in one finding a service', () => {
    const said = messages(serviceHardening, (box) =>
      aService(box, 'a', { capDrop: [], securityOpt: [], readOnlyRoot: false }),
    );
    expect(said).toEqual([
      "It has rights that most programs do not need: the engine's default capabilities, programs can gain privileges, "
        + 'a writable root file system.',
    ]);
  });

  test.each([
    [{ capDrop: ['MKNOD'] }, "the engine's default capabilities."],
    [{ securityOpt: ['no-new-privileges:false'] }, 'programs can gain privileges.'],
    [{ readOnlyRoot: false }, 'a writable root file system.'],
  ])('warns of %j', (props, right) => {
    expect(messages(serviceHardening, (box) => aService(box, 'a', props))).toEqual([
      `It has rights that most programs do not need: ${right}`,
    ]);
  });

  test.each(['no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true'])('accepts %s', (option) => {
    expect(messages(serviceHardening, (box) => aService(box, 'a', { securityOpt: [option, 'apparmor=x'] }))).toEqual(
      [],
    );
  });
});
