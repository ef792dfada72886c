import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Plan } from '../../../src/plan/plan';
import { renderCompose } from '../../../src/targets/compose';
import { expectGolden } from '../../golden';

const GOLDEN = join(__dirname, 'golden');

describe('compose files of small toolboxes', () => {
  test.each(readdirSync(GOLDEN).sort())('%s', (name) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- each folder brings its own plan
    const { plan } = require(join(GOLDEN, name, 'plan')) as { plan: Plan };
    const { files, fidelity } = renderCompose(plan);
    expectGolden(join(GOLDEN, name, 'expected'), [
      ...files,
      { path: 'fidelity.json', content: `${JSON.stringify(fidelity, undefined, 2)}\n` },
    ]);
  });
});
