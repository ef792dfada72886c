import { aService, goodImage, messages } from './support';
import { User } from '../../src/core';
import { serviceUser } from '../../src/rules/service-user';

describe('rule service-user', () => {
  test('fails for root, with the reason that the image gives', () => {
    expect(messages(serviceUser, (box) => aService(box, 'a', { user: User.ROOT }))).toEqual(['Runs as root.']);
    expect(
      messages(serviceUser, (box) =>
        aService(box, 'a', { image: goodImage({ user: undefined, rootReason: 'It must.' }) }),
      ),
    ).toEqual(['Runs as root: It must.']);
  });

  test('leaves a service whose user is unknown to the rule image-user', () => {
    expect(messages(serviceUser, (box) => aService(box, 'a', { image: goodImage({ user: undefined }) }))).toEqual([]);
  });

  test('accepts another user, of the image or of the service', () => {
    expect(messages(serviceUser, (box) => aService(box, 'a'))).toEqual([]);
    expect(
      messages(serviceUser, (box) =>
        aService(box, 'b', { image: goodImage({ user: undefined }), user: User.of(10002) }),
      ),
    ).toEqual([]);
  });
});
