import { aService, messages } from './support';
import { EnvFile, EnvironmentValue, Secret } from '../../src/core';
import { environmentSecret } from '../../src/rules/environment-secret';

describe('rule environment-secret', () => {
  test('fails for a variable that is not called like its key', () => {
    expect(
      messages(environmentSecret, (box) =>
        aService(box, 'a', {
          environment: {
            OTHER: EnvironmentValue.secret(new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' })),
          },
        }),
      ),
    ).toEqual(['The variable OTHER takes the secret TOKEN.']);
  });

  test('accepts one that is, and plain text', () => {
    expect(
      messages(environmentSecret, (box) =>
        aService(box, 'a', {
          environment: {
            PLAIN: EnvironmentValue.literal('x'),
            TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' })),
          },
        }),
      ),
    ).toEqual([]);
  });
});
