import { aService, aToolbox, findings } from './support';
import { EnvFile, Network, Secret, Testing, Toolbox } from '../../src/core';
import { constructId } from '../../src/rules/construct-id';

describe('rule construct-id', () => {
  test('reports every id that is taken, with the place of the second construct', () => {
    const box = aToolbox();
    const env = new EnvFile(box, 'env');
    ['web', 'web', 'web'].forEach((id) => aService(box, id));
    new Network(box, 'env');
    ['KEY', 'KEY'].forEach((key) => new Secret(env, key, { description: 'd' }));
    expect(findings(box, constructId).map(({ path, message, location }) => [path, message, location?.file])).toEqual([
      ['box/env-duplicate', '"box" already has a child with the id "env".', 'test/rules/construct-id.test.ts'],
      ['box/env/KEY-duplicate', '"box/env" already has a child with the id "KEY".', 'test/rules/construct-id.test.ts'],
      ['box/web-duplicate', '"box" already has a child with the id "web".', 'test/rules/support.ts'],
      ['box/web-duplicate-2', '"box" already has a child with the id "web".', 'test/rules/support.ts'],
    ]);
  });

  test('is the only rule that reports the second construct', () => {
    const count = (...ids: string[]) => {
      const box: Toolbox = aToolbox();
      ids.forEach((id) => aService(box, id));
      return Testing.synth(box).findings.length;
    };
    expect(count('web', 'web')).toBe(count('web', 'other') + 1);
  });

  test('accepts one id below several constructs', () => {
    const box = aToolbox();
    aService(aService(box, 'a'), 'web');
    aService(aService(box, 'b'), 'web');
    expect(findings(box, constructId)).toEqual([]);
  });
});
