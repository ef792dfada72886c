import { aService, goodImage, messages } from './support';
import { Image, User } from '../../src/core';
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

  test('reports an image that is known to stay root, and no image that changes to another user or has one', () => {
    const of = (repository: string) => Image.fromRegistry(repository, { tag: '1.2.3' });
    expect(messages(imageUser, (box) => {
      aService(box, 'a', { image: of('qdrant/qdrant') });
      aService(box, 'b', { image: of('postgres') });
      aService(box, 'c', { image: of('grafana/grafana') });
      aService(box, 'd', { image: of('langfuse/langfuse') });
    })).toEqual(['The image qdrant/qdrant:1.2.3 runs as root.']);
  });

  test('does not say what root would lack where it lacks nothing', () => {
    expect(messages(imageUser, (box) => aService(box, 'a', { image: unknown, readOnlyRoot: false, capDrop: [] })))
      .toEqual(['The user of the image example/app:1.2.3 is unknown. It may be root.']);
  });

  test('accepts a user of the service or of the image, and an image that must run as root', () => {
    expect(messages(imageUser, (box) => {
      aService(box, 'a');
      aService(box, 'b', { image: unknown, user: User.of(10002) });
      aService(box, 'c', { image: goodImage({ user: undefined, rootReason: 'It must.' }) });
    })).toEqual([]);
  });
});
