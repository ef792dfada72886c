import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Tasks {
  readonly env: Record<string, string>;
  readonly tasks: Record<string, { readonly steps: readonly { readonly exec?: string; readonly spawn?: string }[] }>;
}

function tasksOf(folder: string): Tasks {
  return JSON.parse(readFileSync(join(__dirname, '..', folder, '.projen/tasks.json'), 'utf8')) as Tasks;
}

describe('the tasks of this project', () => {
  test.each(['.', 'containers/mcp-gateway'])('find the programs of packages without npx, in %s', (folder) => {
    expect(tasksOf(folder).env.PATH).toMatch(/^\$\(node .*node_modules\/\.bin/);
  });

  test('install the packages of the gateway before the end-to-end tests, which run a client from there', () => {
    const { tasks } = tasksOf('.');
    expect(tasks['e2e:prepare'].steps[0].exec).toMatch(/\|\| npm ci --prefix containers\/mcp-gateway$/);
    expect(tasks.e2e.steps).toMatchObject([
      { spawn: 'e2e:prepare' },
      { exec: expect.stringContaining('test/e2e/run.ts') },
    ]);
  });
});
