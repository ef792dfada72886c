import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Tasks {
  readonly env: Record<string, string>;
  readonly tasks: Record<string, { readonly steps: readonly { readonly exec?: string }[] }>;
}

function tasksOf(folder: string): Tasks {
  return JSON.parse(readFileSync(join(__dirname, '..', folder, '.projen/tasks.json'), 'utf8')) as Tasks;
}

describe('the tasks of this project', () => {
  test.each(['.', 'containers/mcp-gateway'])('find the programs of packages without npx, in %s', (folder) => {
    expect(tasksOf(folder).env.PATH).toMatch(/^\$\(node .*node_modules\/\.bin/);
  });

  test('install the packages of the gateway before the end-to-end tests, which run a client from there', () => {
    const steps = tasksOf('.').tasks.e2e.steps.map(({ exec = '' }) => exec);
    const install = steps.findIndex((exec) => exec.endsWith('|| npm ci --prefix containers/mcp-gateway'));
    expect(install).toBeGreaterThanOrEqual(0);
    expect(steps.findIndex((exec) => exec.includes('test/e2e/run.ts'))).toBeGreaterThan(install);
  });
});
