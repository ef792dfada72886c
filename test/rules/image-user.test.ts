import { aService, goodImage, messages } from './support';
import { User } from '../../src/core';
import { imageUser } from '../../src/rules/image-user';

const unknown = goodImage({ user: undefined });

describe('rule image-user', () => {
  test('reports an unknown user, and what root would lack', () => {
    expect(messages(imageUser, (box) => aService(box, 'a', { image: unknown }))).toEqual([
      'The user of the image example/app:1.2.3 is unknown. '
      + 'If it is root, the service has no capabilities and a read-only root filesystem.',
    ]);
    const loose = { image: unknown, readOnlyRoot: false, capabilities: ['CHOWN', 'SETUID'] };
    expect(messages(imageUser, (box) => aService(box, 'a', loose))).toEqual([
      'The user of the image example/app:1.2.3 is unknown. If it is root, the service has only CHOWN, SETUID.',
    ]);
  });

  test('accepts a user of the service or of the image, and an image that must run as root', () => {
    expect(messages(imageUser, (box) => {
      aService(box, 'a');
      aService(box, 'b', { image: unknown, user: User.of(10002) });
      aService(box, 'c', { image: goodImage({ user: undefined, rootReason: 'It must.' }) });
    })).toEqual([]);
  });
});
