import { Construct } from 'constructs';
import { aService, aToolbox, findings } from './support';
import { Testing } from '../../src/core';
import { constructValidation } from '../../src/rules/construct-validation';

describe('rule construct-validation', () => {
  test('reports the validations of every construct, with its path and place', () => {
    const box = aToolbox();
    const composite = new Construct(box, 'backend');
    const web = aService(composite, 'web');
    web.node.addValidation({ validate: () => ['It is too small.', 'It is too red.'] });
    composite.node.addValidation({ validate: () => ['It is incomplete.'] });
    composite.node.addValidation({ validate: () => [] });
    expect(findings(box, constructValidation).map(({ path, message }) => [path, message])).toEqual([
      ['box/backend', 'It is incomplete.'],
      ['box/backend/web', 'It is too red.'],
      ['box/backend/web', 'It is too small.'],
    ]);
    expect(Testing.synth(box).findings.find(({ path }) => path === 'box/backend/web')?.location?.file)
      .toBe('test/rules/support.ts');
    expect(Testing.synth(box).files).toEqual({});
  });

  test('reports a validation that throws', () => {
    const box = aToolbox();
    box.node.addValidation({
      validate: () => {
        throw new Error('no network');
      },
    });
    expect(findings(box, constructValidation).map(({ message }) => message)).toEqual([
      'The check threw an error: no network',
    ]);
  });
});
