import { advice, aService, aToolbox, findings } from './support';
import { Image, Parameter, ServiceProps, User } from '../../src/core';
import { imageCapabilities } from '../../src/rules/image-capabilities';

const STORE = Image.fromRegistry('postgres', { tag: '17.5' });

function adviceOn(props: Partial<ServiceProps>): [message: string, fix: string][] {
  return advice(imageCapabilities, (box) => aService(box, 'a', props));
}

describe('rule image-capabilities', () => {
  test('reports what a start as root uses and the service does not keep', () => {
    expect(adviceOn({ image: STORE, capabilities: ['CHOWN', 'SYS_NICE'] })).toEqual([[
      'The image postgres:17.5 starts as root and uses DAC_OVERRIDE, SETGID, SETUID, which the service does not keep.',
      'Set user: User.of(999, 999), its own user, or '
      + "capabilities: ['CHOWN', 'SYS_NICE', 'DAC_OVERRIDE', 'SETGID', 'SETUID'].",
    ]]);
  });

  test('reports it for a stated root too, and not for another user, entry point or all of them', () => {
    expect(adviceOn({ image: STORE, user: User.ROOT })).toHaveLength(1);
    expect(adviceOn({ image: STORE, user: User.of(999) })).toEqual([]);
    expect(adviceOn({ image: STORE, entrypoint: ['sleep'] })).toEqual([]);
    expect(adviceOn({ image: STORE, capDrop: [] })).toEqual([]);
    expect(adviceOn({ image: STORE, capDrop: ['SETUID'] })[0][0]).toContain('uses SETUID,');
    expect(adviceOn({ image: STORE, capabilities: ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'] })).toEqual([]);
  });

  test('reports a capability that an image requires as any user', () => {
    const image = Image.fromRegistry('caddy', { tag: '2.11.2' });
    expect(adviceOn({ image, user: User.of(1000) })).toEqual([[
      'The image caddy:2.11.2 does not start without NET_BIND_SERVICE.', "Set capabilities: ['NET_BIND_SERVICE'].",
    ]]);
    expect(adviceOn({ image, user: User.of(1000), capabilities: ['NET_BIND_SERVICE'] })).toEqual([]);
  });

  test('says nothing of images without facts, and of images that are built here', () => {
    expect(adviceOn({ user: User.ROOT })).toEqual([]);
    expect(adviceOn({ image: Image.fromBuild('.', { repository: 'caddy', tag: '1' }) })).toEqual([]);
  });

  test('takes the variant of the default of a parameter', () => {
    const box = aToolbox();
    const tag = new Parameter(box, 'TAG', { default: '17-alpine', description: 'Version' }).asString();
    aService(box, 'a', { image: Image.fromRegistry('postgres', { tag }) });
    expect(findings(box, imageCapabilities)[0].fix).toContain('User.of(70, 70)');
  });
});
