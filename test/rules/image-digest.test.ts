import { DIGEST, aPin, aService, findings, goodImage, messages, pinSource, aToolbox } from './support';
import { Image } from '../../src/core';
import { imageDigest } from '../../src/rules/image-digest';

describe('rule image-digest', () => {
  test('fails for an image of a registry without a digest', () => {
    expect(messages(imageDigest, (box) => aService(box, 'app', { image: goodImage({ digest: undefined }) }))).toEqual([
      'The image example/app:1.2.3 has no digest.',
    ]);
  });

  test('tells the reason and the line of the inventory', () => {
    const box = aToolbox(
      pinSource(
        aPin('app', {
          image: { repository: 'example/app', tag: '1.2.3', digestMissing: 'The registry was unreachable.' },
        }),
      ),
    );
    aService(box, 'app', { image: Image.fromPin('app') });
    expect(findings(box, imageDigest)).toMatchObject([
      {
        message: 'The image example/app:1.2.3 has no digest: The registry was unreachable.',
        location: { file: 'inventories/versions.yaml', line: 7 },
      },
    ]);
  });

  test('fails for a base image without a digest', () => {
    const box = aToolbox(
      pinSource(
        aPin('base', {
          image: { repository: 'debian', tag: 'bookworm-slim', digestMissing: 'The registry was unreachable.' },
        }),
        aPin('a-first', { image: { repository: 'a/b' } }),
      ),
    );
    aService(box, 'app', {
      image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', baseImages: { BASE: 'base' } }),
    });
    expect(findings(box, imageDigest).map(({ message }) => message)).toEqual([
      'The base image debian:bookworm-slim has no digest: The registry was unreachable.',
    ]);
  });

  test('names an image without a tag by its repository', () => {
    expect(
      messages(
        imageDigest,
        (box) => {
          aService(box, 'app', { image: Image.fromPin('base') });
          aService(box, 'built', {
            image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', baseImages: { BASE: 'base' } }),
          });
        },
        pinSource(aPin('base', { image: { repository: 'debian' } })),
      ),
    ).toEqual(['The image debian has no digest.', 'The base image debian has no digest.']);
  });

  test('tells no reason of another component', () => {
    expect(
      messages(
        imageDigest,
        (box) => aService(box, 'app', { image: goodImage({ digest: undefined }) }),
        pinSource(aPin('a-first', { image: { repository: 'a/b', digestMissing: 'The registry was unreachable.' } })),
      ),
    ).toEqual(['The image example/app:1.2.3 has no digest.']);
  });

  test('leaves what no inventory has, or has as something else than an image, to a rule of its own', () => {
    expect(messages(imageDigest, (box) => {
      aService(box, 'app', { image: Image.fromPin('nothing') });
      aService(box, 'built', {
        image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', baseImages: { A: 'nothing', B: 'tool' } }),
      });
    }, pinSource(aPin('tool')))).toEqual([]);
  });

  test('accepts a pinned image and one that is built here', () => {
    expect(messages(imageDigest, (box) => {
      aService(box, 'pinned');
      aService(box, 'built', { image: Image.fromBuild('containers', { repository: 'box/app', tag: '1.0.0' }) });
      aService(box, 'based', {
        image: Image.fromBuild('containers', { repository: 'box/app', tag: '1.0.0', baseImages: { BASE: 'base' } }),
      });
    }, pinSource(aPin('base', { image: { repository: 'debian', digest: DIGEST } })))).toEqual([]);
  });
});
