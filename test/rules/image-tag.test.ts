import { aService, DIGEST, goodImage, messages, pinSource, aPin } from './support';
import { Image } from '../../src/core';
import { imageTag } from '../../src/rules/image-tag';

describe('rule image-tag', () => {
  test('fails for a tag that moves', () => {
    const said = (tag: string) => messages(imageTag, (box) => aService(box, 'app', { image: goodImage({ tag }) }));
    expect(said('latest')).toEqual(['The tag "latest" of example/app changes with every release.']);
    expect(said('v2')).toHaveLength(1);
    expect(said('3')).toHaveLength(1);
  });

  test('fails for no tag at all', () => {
    expect(
      messages(imageTag, (box) =>
        aService(box, 'app', { image: Image.fromRegistry('example/app', { digest: DIGEST }) }),
      ),
    ).toEqual(['The image example/app has no tag.']);
  });

  test('accepts a tag that names a release', () => {
    expect(messages(imageTag, (box) => aService(box, 'app', { image: goodImage({ tag: '0.12.3' }) }))).toEqual([]);
    expect(
      messages(imageTag, (box) => aService(box, 'app', { image: goodImage({ tag: 'bookworm-20261101-slim' }) })),
    ).toEqual([]);
  });

  test('leaves a component that no inventory knows to another rule', () => {
    expect(
      messages(imageTag, (box) => aService(box, 'app', { image: Image.fromPin('nothing') }), pinSource(aPin('other'))),
    ).toEqual([]);
  });
});
