import { aPin, aService, messages, pinSource } from './support';
import { Image } from '../../src/core';
import { imageReference } from '../../src/rules/image-reference';

describe('rule image-reference', () => {
  test('fails for a repository, tag or digest outside the grammar', () => {
    const said = (repository: string, tag = '1', digest?: string) =>
      messages(imageReference, (box) =>
        aService(box, 'app', { image: Image.fromRegistry(repository, { tag, digest }) }),
      );
    for (const repository of ['NGINX', 'a//b', '../a', 'https://r/a', '-a', '', 'nginx:1\n    privileged: true']) {
      expect(said(repository)).toEqual([`${JSON.stringify(repository)} is not a repository name.`]);
    }
    expect(said('x'.repeat(255))).toEqual([]);
    expect(said('x'.repeat(256))).toHaveLength(1);
    expect(said('nginx', ' 1')).toEqual(['" 1" is not a tag.']);
    expect(said('nginx', '1', 'sha256:abc')).toEqual(['"sha256:abc" is not a sha256 digest.']);
    expect(said('nginx', '1', `sha256:${'A'.repeat(64)}`)).toHaveLength(1);
  });

  test('fails for credentials and does not repeat them', () => {
    expect(
      messages(imageReference, (box) =>
        aService(box, 'app', { image: Image.fromRegistry('user:hunter2@r/a', { tag: '1' }) }),
      ),
    ).toEqual(['"…@r/a" is not a repository name.']);
  });

  test('says of a component what is wrong with its image, and leaves one that no inventory has to a rule of its own', () => {
    expect(
      messages(
        imageReference,
        (box) =>
          ['bad', 'nothing'].forEach((component) => aService(box, component, { image: Image.fromPin(component) })),
        pinSource(aPin('bad', { image: { repository: 'BAD' } })),
      ),
    ).toEqual(['"BAD" is not a repository name.']);
  });

  test('accepts registries with ports and nested names', () => {
    for (const repository of ['nginx', 'ollama/ollama', 'localhost:5000/a/b', 'ghcr.io/some-org/some_app']) {
      expect(
        messages(imageReference, (box) =>
          aService(box, 'app', {
            image: Image.fromRegistry(repository, { tag: '1.10', digest: `sha256:${'0'.repeat(64)}` }),
          }),
        ),
      ).toEqual([]);
    }
  });
});
