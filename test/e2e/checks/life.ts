import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { must, Result, run } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';

const DRAFT = 'dist/compose/docker-compose.draft.yml';
const PRODUCTIVE = 'dist/compose/docker-compose.yml';

/**
 * The whole life of a toolbox, in a checkout of its own: a draft is proven, approved, started, changed, and a draft
 * again.
 */
export async function life(checks: Checks, ollama: ScriptedOllama): Promise<void> {
  const garvis = await Garvis.synthesised();
  // what was recorded of this repository is not what is proven here
  rmSync(join(garvis.folder, 'inventories/evidence'), { recursive: true, force: true });
  const toolbox = async (...args: string[]): Promise<Result> =>
    run('node', ['bin/toolbox', ...args], {
      cwd: garvis.folder,
      env: { COMPOSE_PROJECT_NAME: garvis.project, COMPOSE_FILE: undefined },
      timeout: 300,
    });
  const edit: Edit = (...replacement) => { garvis.edit(...replacement); };
  const has = (file: string): boolean => existsSync(join(garvis.folder, file));
  try {
    await proof(checks, toolbox, edit);
    await approval(checks, toolbox, has);
    await start(checks, garvis, ollama);
    await change(checks, toolbox, edit, has, garvis);
  } finally {
    await garvis.down().catch((error: Error) => checks.broke(error));
    garvis.remove();
  }
}

type Toolbox = (...args: string[]) => Promise<Result>;
type Edit = (file: string, from: string | RegExp, to: string) => void;
type Has = (file: string) => boolean;

async function proof(checks: Checks, toolbox: Toolbox, edit: Edit): Promise<void> {
  await checks.need('a draft is not approved, and the error names exactly what is missing', async () => {
    const { code, stderr } = await toolbox('approve', '--by', 'somebody', '--reason', 'Too early.');
    assert.equal(code, 1);
    ['gateway-health', 'garvis/digests'].forEach((missing) =>
      assert.ok(stderr.includes(missing), `${missing} in ${stderr}`),
    );
  });
  await checks.need('no waiver blocks any more', async () => {
    edit('src/main.ts', /\s*blocksApproval: true,/, '');
    fine(await toolbox('synth'));
  });
  await checks.need('toolbox verify runs what can be run on this engine, and records it', async () => {
    fine(
      await toolbox(
        'verify',
        'codex-cli-build',
        'gateway-health',
        'tool-negotiation',
        '--by',
        'e2e',
        '--note',
        'End-to-end suite.',
      ),
    );
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
    assert.ok(
      has(PRODUCTIVE) && has('dist/kubernetes/kustomization.yaml') && !has(DRAFT) && !has('dist/kubernetes/draft'),
    );
    fine(await toolbox('status', '--require', 'approved'));
    fine(await toolbox('check'));
  });
}

async function start(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  await checks.need('the approved file is started, and gcodex uses it', async () => {
    const relay = garvis.config('host-relay', 'haproxy.cfg');
    garvis.askHostAt(ollama.port);
    try {
      await garvis.up('mcp');
      writeFileSync(join(garvis.workspace, 'hello.txt'), 'hello from what was approved\n');
      ollama.follow({ call: 'gateway__fs_read', args: { path: 'hello.txt' } }, { say: 'Approved.' });
      const { code, stdout, stderr } = await garvis.gcodex(['exec', 'Read it'], { timeout: 180 });
      assert.equal(code, 0, stdout + stderr);
      assert.match(ollama.toolResults[0] ?? '', /hello from what was approved/);
      for (const service of ['codex-cli', 'host-relay', 'mcp-gateway']) {
        const file = await must('docker', [
          'inspect',
          '--format',
          '{{index .Config.Labels "com.docker.compose.project.config_files"}}',
          await garvis.container(service),
        ]);
        assert.equal(file, join(garvis.folder, PRODUCTIVE));
      }
    } finally {
      writeFileSync(relay.path, relay.text);
    }
  });
}

async function change(checks: Checks, toolbox: Toolbox, edit: Edit, has: Has, { folder }: Garvis): Promise<void> {
  const productive = readFileSync(join(folder, PRODUCTIVE), 'utf8');
  await checks.need(
    'another version of codex makes exactly the checks stale that cover it, and a draft lies beside what was approved',
    async () => {
      edit('inventories/versions.yaml', "version: '0.42.0'", "version: '0.42.1'");
      edit('inventories/versions.yaml', /sha512-jLp/, 'sha512-jLq');
      fine(await toolbox('synth'));
      const { stdout } = await toolbox('status', '--json');
      const { checks: all } = JSON.parse(stdout) as { checks: { name: string; status: string }[] };
      assert.deepEqual(
        all.filter(({ status }) => status === 'stale').map(({ name }) => name),
        ['codex-cli-build', 'compose-policies', 'host-ollama-access', 'tool-negotiation'],
      );
      assert.ok(has(DRAFT) && has(PRODUCTIVE));
      assert.equal(readFileSync(join(folder, PRODUCTIVE), 'utf8'), productive);
      fine(await toolbox('check'));
    },
  );
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
