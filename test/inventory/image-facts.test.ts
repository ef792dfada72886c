import { resolve } from 'node:path';
import { imageFacts } from '../../projenrc/image-facts';
import { KnownImage, User } from '../../src/core';
import { findImageFacts } from '../../src/inventory/image-facts';

const ROOT = resolve(__dirname, '../..');

describe('facts of well-known images', () => {
  test('follow their schema, and the library has them as they are written', () => {
    const entries = imageFacts(ROOT);
    for (const entry of entries) {
      const first = entries.find(({ images, tag }) => images.includes(entry.images[0]) && tag === entry.tag);
      expect(first).toBe(entry);
    }
    expect(entries.flatMap(({ images, tag = '' }) => images.map((image) => findImageFacts(image, tag)))).toEqual(
      entries.flatMap((entry) => entry.images.map(() => entry)),
    );
  });

  test.each(['postgres', 'library/postgres', 'docker.io/postgres', 'docker.io/library/postgres',
    'public.ecr.aws/docker/library/postgres', 'mirror.gcr.io/library/postgres'])('finds %s by its name', (name) => {
    expect(findImageFacts(name, '17.5')).toMatchObject({ runsAs: '999:999' });
  });

  test.each(['my/postgres', 'registry.example/postgres', 'library', '__proto__', ''])('does not know %p', (name) => {
    expect(findImageFacts(name)).toBeUndefined();
  });

  test('distinguishes variants by their tag', () => {
    expect(findImageFacts('postgres', '17.5-alpine3.22')).toMatchObject({ runsAs: '70:70' });
    expect(findImageFacts('nginx', '1.30.0-alpine-slim')?.healthTools).not.toContain('curl');
  });
});

describe('KnownImage', () => {
  test('gives a model the facts of an image', () => {
    const postgres = KnownImage.find('postgres', '17.5')!;
    expect(postgres).toMatchObject({ user: User.ROOT, runsAs: User.of(999), ports: ['5432/tcp'] });
    postgres.startCapabilities.length = 0;
    expect(KnownImage.find('postgres')!.startCapabilities).toContain('SETUID');
  });

  test('gives no user whose group is unknown', () => {
    expect(KnownImage.find('langfuse/langfuse', '3')!.user).toBeUndefined();
  });

  test('knows nothing of other images', () => {
    expect(KnownImage.find('example/web')).toBeUndefined();
  });
});
