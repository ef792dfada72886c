import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plan as agentAndGateway } from './golden/agent-and-gateway/plan';
import { plan as modelServer } from './golden/model-server/plan';
import { Plan } from '../../../src/plan/plan';
import { renderKubernetes } from '../../../src/targets/kubernetes';

/** UPDATE_GOLDEN=1 writes what is expected again; look at the difference before it is committed. */
const UPDATE = process.env.UPDATE_GOLDEN === '1';

describe('golden manifests', () => {
  test.each([
    ['agent-and-gateway', agentAndGateway],
    ['model-server', modelServer],
  ])('%s: the same bytes as committed', (name, plan) => {
    const folder = join(__dirname, 'golden', name, 'expected');
    const rendered = textsOf(plan);
    if (UPDATE) {
      write(folder, rendered);
    }
    expect(rendered).toEqual(read(folder));
  });
});

/** Content by path, the report among it. */
function textsOf(plan: Plan): Record<string, string> {
  const { files, fidelity } = renderKubernetes(plan);
  return {
    ...Object.fromEntries(files.map((file) => [file.path, file.content])),
    'fidelity.json': `${JSON.stringify(fidelity, undefined, 2)}\n`,
  };
}

function read(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

function write(folder: string, contents: Record<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
