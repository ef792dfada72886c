import * as fs from 'node:fs';
import * as constructs from 'constructs';
import * as ts from 'typescript';
import * as library from '../src/core';
import { resolve } from '../src/plan/resolve';

/** Runs the sample of a page and returns the toolbox that it builds. */
function run(page: string): library.Toolbox {
  const [, sample] = /```ts\n(.*?)```/s.exec(fs.readFileSync(page, 'utf8'))!;
  const { outputText } = ts.transpileModule(sample, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules: Record<string, unknown> = { constructs, 'toolbox-constructs': library };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  return new Function('require', 'exports', `${outputText}\nreturn toolbox;`)(
    (name: string) => modules[name],
    {},
  ) as library.Toolbox;
}

test('the sample of docs/composing.md does what the page says', () => {
  const toolbox = run('docs/composing.md');
  const { services } = resolve(toolbox).plan;
  expect(services.map(({ name, description, dependencies }) => [name, description, dependencies])).toEqual([
    ['eu-database', 'Part of eu', []],
    ['eu-web', 'Part of eu', [{ service: 'eu-database', condition: 'started' }]],
    ['us-database', 'Part of us', []],
    ['us-web', 'Part of us', [{ service: 'us-database', condition: 'started' }]],
  ]);
  const rules = library.Testing.synth(toolbox).findings.map(({ rule }) => rule);
  expect(rules).not.toContain('name-duplicate');
  expect(rules).not.toContain('acme-described');
});
