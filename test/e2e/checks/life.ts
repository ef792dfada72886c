import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { Result, run } from '../harness/process';

const DRAFT = 'dist/compose/docker-compose.draft.yml';
const PRODUCTIVE = 'dist/compose/docker-compose.yml';

/** A full life of the toolbox, in a checkout of its own: a draft is proven, approved, productive, changed, and a draft again. */
export async function life(checks: Checks): Promise<void> {
  const garvis = await Garvis.synthesised();
  // what was recorded of this repository is not what is proven here
  rmSync(join(garvis.folder, 'inventories/evidence'), { recursive: true, force: true });
  const toolbox = async (...args: string[]): Promise<Result> => (
    run('node', ['bin/toolbox', ...args], { cwd: garvis.folder, env: { COMPOSE_PROJECT_NAME: garvis.project, COMPOSE_FILE: undefined }, timeout: 300 }));
  const edit = (file: string, from: string | RegExp, to: string): void => {
    const path = join(garvis.folder, file);
    const before = readFileSync(path, 'utf8');
    assert.notEqual(before.replace(from, to), before, `${file} has nothing like ${from}`);
    writeFileSync(path, before.replace(from, to));
  };
  const has = (file: string): boolean => existsSync(join(garvis.folder, file));
  try {
    await proof(checks, toolbox, edit);
    await approval(checks, toolbox, has);
    await change(checks, toolbox, edit, has, garvis);
  } finally {
    await garvis.down().catch((error: Error) => checks.note(error.message));
    garvis.remove();
  }
}

type Toolbox = (...args: string[]) => Promise<Result>;
type Edit = (file: string, from: string | RegExp, to: string) => void;
type Has = (file: string) => boolean;

async function proof(checks: Checks, toolbox: Toolbox, edit: Edit): Promise<void> {
  await checks.need('a draft is not approved, and is told exactly what is missing', async () => {
    const { code, stderr } = await toolbox('approve', '--by', 'somebody', '--reason', 'Too early.');
    assert.equal(code, 1);
    ['docker-mcp-gateway', 'mcp-gateway', 'gateway-health', 'garvis/digests'].forEach((missing) => assert.ok(stderr.includes(missing), `${missing} in ${stderr}`));
  });
  await checks.need('the open pins are decided, and nothing blocks any more', async () => {
    edit('inventories/versions.yaml', /status: undecided/g, 'status: decided');
    edit('inventories/versions.yaml', '    title: MCP gateway\n', "    title: MCP gateway\n    version: '0.1.0'\n");
    edit('src/main.ts', ', blocksApproval: true', '');
    fine(await toolbox('synth'));
  });
  await checks.need('toolbox verify runs what can be run on this engine, and records it', async () => {
    fine(await toolbox('verify', 'codex-cli-build', 'gateway-health', 'tool-negotiation', '--by', 'e2e', '--note', 'End-to-end suite.'));
    for (const check of ['compose-policies', 'host-ollama-access', 'service-pins']) {
      fine(await toolbox('verify', '--record', check, '--by', 'e2e', '--note', 'Seen by the rest of this suite.'));
    }
    fine(await toolbox('synth'));
    fine(await toolbox('status', '--require', 'verified'));
  });
}

async function approval(checks: Checks, toolbox: Toolbox, has: Has): Promise<void> {
  await checks.need('proven, but not approved, it is a draft still', async () => {
    assert.ok(has(DRAFT) && !has(PRODUCTIVE));
    assert.equal((await toolbox('status', '--require', 'approved')).code, 1);
  });
  await checks.need('approved, the productive files are written, and the draft is gone', async () => {
    fine(await toolbox('approve', '--by', 'somebody', '--reason', 'All checks passed on a real engine.'));
    fine(await toolbox('synth'));
    assert.ok(has(PRODUCTIVE) && has('dist/kubernetes/kustomization.yaml') && !has(DRAFT) && !has('dist/kubernetes/draft'));
    fine(await toolbox('status', '--require', 'approved'));
    fine(await toolbox('check'));
  });
}

async function change(checks: Checks, toolbox: Toolbox, edit: Edit, has: Has, { folder }: Garvis): Promise<void> {
  const productive = readFileSync(join(folder, PRODUCTIVE), 'utf8');
  await checks.need('another version of codex makes exactly the checks stale that cover it, and a draft lies beside what was approved', async () => {
    edit('inventories/versions.yaml', "version: '0.42.0'", "version: '0.42.1'");
    edit('inventories/versions.yaml', /sha512-jLp/, 'sha512-jLq');
    fine(await toolbox('synth'));
    const { stdout } = await toolbox('status', '--json');
    const { checks: all } = JSON.parse(stdout) as { checks: { name: string; status: string }[] };
    assert.deepEqual(all.filter(({ status }) => status === 'stale').map(({ name }) => name), ['codex-cli-build', 'compose-policies', 'host-ollama-access', 'tool-negotiation']);
    assert.ok(has(DRAFT) && has(PRODUCTIVE));
    assert.equal(readFileSync(join(folder, PRODUCTIVE), 'utf8'), productive);
    fine(await toolbox('check'));
  });
  await checks.need('what was approved and then changed by hand is noticed', async () => {
    writeFileSync(join(folder, PRODUCTIVE), `${productive}# by hand\n`);
    const { code, stderr } = await toolbox('check');
    assert.equal(code, 1);
    assert.match(stderr, /output-approved/);
    writeFileSync(join(folder, PRODUCTIVE), productive);
    fine(await toolbox('check'));
  });
  await checks.need('the change taken back, everything holds again', async () => {
    edit('inventories/versions.yaml', "version: '0.42.1'", "version: '0.42.0'");
    edit('inventories/versions.yaml', /sha512-jLq/, 'sha512-jLp');
    fine(await toolbox('synth'));
    fine(await toolbox('status', '--require', 'approved'));
    assert.ok(!has(DRAFT) && has(PRODUCTIVE));
  });
}

function fine({ code, stdout, stderr }: Result): void {
  assert.equal(code, 0, `${stdout}\n${stderr}`);
}
