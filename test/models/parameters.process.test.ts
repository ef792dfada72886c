import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { tameRecipe } from './arbitrary-recipe';
import { buildRecipe } from './build-recipe';
import { Recipe } from './recipe';
import { Plan } from '../../src/plan/plan';
import { synthesize } from '../../src/synth';
import { renderCompose } from '../../src/targets/compose';

const compose = spawnSync('docker', ['compose', 'version']).status === 0 ? describe : describe.skip;

/** What Compose makes of a file. */
function config(directory: string, file: string, content: string, variables: Record<string, string> = {}): unknown {
  writeFileSync(join(directory, file), content);
  const { status, stdout, stderr } = spawnSync(
    'docker',
    ['compose', '--file', join(directory, file), '--profile', '*', 'config', '--format', 'json'],
    { encoding: 'utf8', env: { ...variables, PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  expect({ status, stderr, content }).toEqual({ status: 0, stderr: '', content });
  return JSON.parse(stdout);
}

function composeFileIn(files: readonly { path: string; content: string }[]): string {
  return files.find(({ path }) => path.endsWith('.draft.yml'))!.content;
}

compose('Compose fills in parameters of any model', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'parameters-'))));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('so that it reads what the plan says: the defaults, or other values that are set', () => {
    let filled = 0;
    fc.assert(fc.property(tameRecipe, fc.constantFrom('other', 'a $b ${C}', "it's \"#\" \\ &"), (recipe, other) => {
      const { plan, files } = synthesize(buildRecipe(recipe));
      if (files.length === 0) {
        return;
      }
      filled += plan.parameters.filter(({ uses }) => uses.length > 0).length;
      const marked = composeFileIn(files);
      // Compose reads secrets as variables too, and refuses a file without them
      const secrets = Object.fromEntries(plan.envFiles.flatMap(({ keys }) => keys.map(({ name }) => [name, 'canary'])));
      expect(config(directory, 'marked.yml', marked, secrets)).toEqual(
        config(directory, 'plain.yml', withoutParameters(plan), secrets),
      );
      const changed: Recipe = {
        ...recipe,
        parameters: recipe.parameters?.map((one) => ({ ...one, default: other })),
      };
      const variables = Object.fromEntries((recipe.parameters ?? []).map(({ name }) => [name, other]));
      Object.assign(variables, secrets);
      expect(config(directory, 'marked.yml', marked, variables)).toEqual(
        config(directory, 'plain.yml', withoutParameters(synthesize(buildRecipe(changed)).plan), secrets),
      );
    }), { numRuns: 25, seed: 4711, endOnFailure: true });
    expect(filled).toBeGreaterThan(20);
  });
});

/** The same plan with fixed values, which may be ones that cannot be defaults. */
function withoutParameters(plan: Plan): string {
  return composeFileIn(renderCompose({ ...plan, parameters: [], templates: [] }).files);
}
