import { aService, messages } from './support';
import { HealthCheck, Image } from '../../src/core';
import { healthImage } from '../../src/rules/health-image';

function messagesFor(image: Image, healthCheck = HealthCheck.fromImage()): string[] {
  return messages(healthImage, (box) => aService(box, 'a', { image, healthCheck }));
}

describe('rule health-image', () => {
  test('refuses to rely on a check that the image is known to lack', () => {
    expect(messagesFor(Image.fromRegistry('postgres', { tag: '17.5' }))).toEqual([
      'The image postgres:17.5 has no health check.',
    ]);
  });

  test('accepts an image that has one or is unknown, and a check of the model', () => {
    expect(messagesFor(Image.fromRegistry('ghcr.io/open-webui/open-webui', { tag: '0.6.0' }))).toEqual([]);
    expect(messagesFor(Image.fromRegistry('example/web', { tag: '1.0.0' }))).toEqual([]);
    expect(messagesFor(Image.fromBuild('.', { repository: 'postgres', tag: '1.0.0' }))).toEqual([]);
    expect(messagesFor(Image.fromRegistry('postgres'), HealthCheck.command(['pg_isready']))).toEqual([]);
  });
});
