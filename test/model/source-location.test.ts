import { firstUserFrame } from '../../src/model/source-location';
import { resolve } from '../../src/plan/resolve';
import { aService, aToolbox } from '../rules/support';

describe('where a construct was written', () => {
  test('is the line of the code that made it, not the library\'s', () => {
    const box = aToolbox();
    aService(box, 'app');
    const { sourceOf } = resolve(box);
    expect(sourceOf('box/app')).toEqual({ file: 'test/rules/support.ts', line: expect.any(Number) });
  });

  test('is its owner\'s for a part that is no construct', () => {
    const box = aToolbox();
    aService(box, 'app');
    const { sourceOf } = resolve(box);
    expect(sourceOf('box/app/part/of/it')).toEqual(sourceOf('box/app'));
  });

  test('passes dependencies, Node and the library by', () => {
    const cwd = process.cwd();
    expect(firstUserFrame([
      'Error',
      `    at new Service (${cwd}/src/model/service.ts:1:1)`,
      `    at new Construct (${cwd}/node_modules/constructs/lib/construct.js:2:2)`,
      '    at node:internal/modules/cjs/loader:3:3',
      `    at Object.<anonymous> (${cwd}/app/my (odd) file.ts:4:5)`,
    ].join('\n'))).toEqual({ file: expect.any(String), line: 4 });
    expect(firstUserFrame(`Error\n    at file://${cwd}/app/main.mjs:6:7`)).toEqual({ file: 'app/main.mjs', line: 6 });
  });

  test('is the place that evaluates, for evaluated code', () => {
    const frame = `    at eval (eval at run (${process.cwd()}/app/main.js:6:7), <anonymous>:9:1)`;
    expect(firstUserFrame(`Error\n${frame}`)).toEqual({ file: 'app/main.js', line: 6 });
  });

  test('is unknown when no frame is the user\'s', () => {
    expect(firstUserFrame('Error\n    at node:internal/main:1:1')).toBeUndefined();
  });
});
