import assert from 'node:assert/strict';
import { Plan, ServicePlan } from '../../../src/plan/plan';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { must, run } from '../harness/process';

interface Inspected {
  readonly State: { readonly Pid: number };
  readonly Args: readonly string[];
  readonly Config: { readonly Env: readonly string[] | null; readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: { readonly Privileged: boolean; readonly Binds: readonly string[] | null };
  readonly Mounts: readonly { readonly Source: string; readonly Destination: string; readonly RW: boolean }[];
}

const READ_ONLY = /Read-only file system|EROFS/;

/** Measures what each container may do, from inside and from the host. */
export async function confinement(checks: Checks, garvis: Garvis, plan: Plan): Promise<void> {
  const running = plan.services.filter(
    ({ places, lifecycle }) => places.includes('workstation') && lifecycle === 'long-running',
  );
  for (const service of running) {
    const id = await garvis.container(service.name);
    const [inspected] = JSON.parse(await must('docker', ['inspect', id])) as [Inspected];
    await checks.check(`${service.name}: no capability, no new privileges, its own user`, () => processes(service, id));
    await checks.check(`${service.name}: the root file system cannot be written`, async () => {
      for (const path of ['/e2e-probe', '/etc/e2e-probe']) {
        assert.match(await written(service, id, path, ['--user', '0']), READ_ONLY);
      }
    });
    await checks.check(
      `${service.name}: the engine's socket is not there, and no folder of the host but the declared ones`,
      async () => {
        assert.deepEqual(
          inspected.Mounts.filter(({ Source, Destination }) => /docker\.sock|containerd/.test(Source + Destination)),
          [],
        );
        const declared = service.mounts
          .filter(({ kind }) => kind !== 'scratch')
          .map((mount) => `${mount.path} ${mount.kind === 'volume' && !mount.readOnly ? 'rw' : 'ro'}`);
        assert.deepEqual(
          inspected.Mounts.map(({ Destination, RW }) => `${Destination} ${RW ? 'rw' : 'ro'}`).sort(),
          declared.sort(),
        );
      },
    );
    await checks.check(`${service.name}: no process shows the token, in its arguments or where it need not be`, () =>
      tokenIsHidden(checks, garvis, service, id, inspected),
    );
  }
  await checks.check('the workspace can be written by codex-cli, and not by the gateway', async () => {
    const of = (name: string): ServicePlan => running.find((service) => service.name === name)!;
    assert.equal(await written(of('codex-cli'), await garvis.container('codex-cli'), '/workspace/written'), '');
    assert.match(
      await written(of('mcp-gateway'), await garvis.container('mcp-gateway'), '/workspace/written'),
      READ_ONLY,
    );
  });
  await checks.check('the token file in codex-cli is read by its user only', async () => {
    const printed = await garvis.mustCompose([
      'run',
      '--rm',
      '--no-TTY',
      'codex-cli',
      'sh',
      '-c',
      'stat -c "%a %u" /run/toolbox/garvis-mcp-token; env',
    ]);
    assert.match(printed, /^600 10001$/m);
    assert.ok(!printed.includes(garvis.token), 'the token is in the environment of what runs in the container');
  });
}

/** What a program of the container says when it writes to a path: nothing when it could. */
async function written(
  { image }: ServicePlan,
  id: string,
  path: string,
  options: readonly string[] = [],
): Promise<string> {
  const program = image.facts.healthTools.includes('bash')
    ? ['bash', '-c', 'echo x > "$0"', path]
    : ['node', '--eval', 'require("node:fs").writeFileSync(process.argv[1], "x")', path];
  const { code, stderr } = await run('docker', ['exec', ...options, id, ...program]);
  return code === 0 ? '' : stderr;
}

/** CapEff and its kin, NoNewPrivs and the user, of every process of the container. */
async function processes({ user }: ServicePlan, id: string): Promise<void> {
  const [{ State: { Pid } }] = JSON.parse(await must('docker', ['inspect', id])) as [Inspected];
  const pids = (await must('docker', ['top', id, '-o', 'pid'])).split('\n').slice(1).map((line) => line.trim());
  assert.ok(pids.includes(String(Pid)));
  let seen = 0;
  for (const pid of pids) {
    const { stdout: status } = await run('cat', [`/proc/${pid}/status`]);
    const value = (key: string): string | undefined => new RegExp(`^${key}:\\s+(\\S+)`, 'm').exec(status)?.[1];
    if (status === '') {
      continue; // it has ended meanwhile
    }
    for (const set of ['CapEff', 'CapPrm', 'CapInh', 'CapBnd', 'CapAmb']) {
      assert.equal(value(set), '0000000000000000', `${set} of process ${pid}`);
    }
    assert.equal(value('NoNewPrivs'), '1');
    assert.equal(value('Uid'), String(user?.uid));
    seen += 1;
  }
  assert.ok(seen > 0, 'every process ended meanwhile');
}

/**
 * Compose hands an env file over as the container's environment, so the engine knows it: `docker inspect` shows it, to
 * any user with access to the engine, and the first processes have it. Nothing else may.
 */
async function tokenIsHidden(
  checks: Checks,
  garvis: Garvis,
  service: ServicePlan,
  id: string,
  inspected: Inspected,
): Promise<void> {
  const has = service.environment.some(({ value }) => value.kind === 'secret');
  const { Env, ...config } = inspected.Config;
  const inEnvironment = (Env ?? []).filter((line) => line.includes(garvis.token)).map((line) => line.split('=')[0]);
  assert.deepEqual(inEnvironment, has ? ['GARVIS_MCP_TOKEN'] : []);
  assert.ok(
    !JSON.stringify({ ...inspected, Config: config }).includes(garvis.token),
    'docker inspect shows it outside the environment',
  );
  assert.ok(!(await must('docker', ['top', id, '-eo', 'pid,args'])).includes(garvis.token), 'ps shows it');
  const { stdout, stderr } = await run('docker', ['logs', id]);
  assert.ok(!(stdout + stderr).includes(garvis.token), 'the log shows it');
  if (has) {
    checks.note(
      `${service.name}: docker inspect shows GARVIS_MCP_TOKEN in the container's environment, which env_file makes ` +
        'of it',
    );
  }
}
