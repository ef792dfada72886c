import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { must, Result, run, RunOptions } from './process';
import { Plan } from '../../../src/plan/plan';

export const ROOT = resolve(__dirname, '../../..');
const LEFT_OUT = new Set(['node_modules', 'lib', 'build', 'coverage', 'test', '.git']);

/** The user of both images that are built. */
const UID = 10001;

/** The reference toolbox in a folder of its own, as a Compose project of its own. */
export class Garvis {
  /** Writes the toolbox's files from its model. */
  public static async synthesised(): Promise<Garvis> {
    const garvis = new Garvis();
    await garvis.synth();
    return garvis;
  }

  public readonly folder = mkdtempSync(join(tmpdir(), 'toolbox-e2e-'));
  public project = basename(this.folder).toLowerCase();
  public readonly workspace = join(this.folder, 'shared');
  public readonly secrets = join(this.folder, '.env.local');
  public readonly token = randomBytes(32).toString('hex');
  /** Compose files that say what the machine lacks. */
  public readonly overrides: string[] = [];

  private named = false;

  private constructor() {
    for (const name of ['src', 'bin', 'inventories', 'containers', 'test/e2e', 'toolbox.json', 'package.json']) {
      cpSync(join(ROOT, name), join(this.folder, name), {
        recursive: true,
        filter: (from) => !LEFT_OUT.has(basename(from)),
      });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    mkdirSync(this.workspace);
    chownSync(this.workspace, UID, UID);
    this.writeSecrets(this.token);
  }

  /** The approved compose file, or else its draft. */
  public get composeFile(): string {
    const approved = join(this.folder, 'dist/compose/docker-compose.yml');
    return existsSync(approved) ? approved : join(this.folder, 'dist/compose/docker-compose.draft.yml');
  }

  public async synth(): Promise<void> {
    await must('node', ['bin/toolbox', 'synth', '--quiet'], { cwd: this.folder, timeout: 120 });
  }

  /** Changes a file of the project, which must have what is replaced. Returns what takes the change back. */
  public edit(file: string, from: string | RegExp, to: string): () => void {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, () => to);
    assert.notEqual(after, before, `${file} has nothing like ${from}`);
    writeFileSync(path, after);
    return () => writeFileSync(path, before);
  }

  /** Names the Compose project as a person does who keeps several checkouts: in a file beside the compose file. */
  public name(project: string): void {
    this.project = project;
    this.named = true;
    writeFileSync(join(dirname(this.composeFile), '.env'), `COMPOSE_PROJECT_NAME=${project}\n`);
  }

  public async plan(): Promise<Plan> {
    return JSON.parse(await must('node', ['bin/toolbox', 'plan'], { cwd: this.folder, timeout: 120 })) as Plan;
  }

  public writeSecrets(token: string): void {
    writeFileSync(this.secrets, `GARVIS_MCP_TOKEN=${token}\n`);
    chmodSync(this.secrets, 0o600);
  }

  /** Makes the relay ask another port of the host: a person's own Ollama may have the usual one. */
  public askHostAt(port: number): void {
    const { path, text } = this.config('host-relay', 'haproxy.cfg');
    writeFileSync(path, text.replace(/(server host host\.docker\.internal):\d+/, `$1:${port}`));
  }

  /** `docker compose` on the generated file. */
  public async compose(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const files = [this.composeFile, ...this.overrides].flatMap((file) => ['--file', file]);
    return run('docker', ['compose', ...files, '--progress', 'quiet', ...args], {
      ...this.inFolder,
      timeout: 120,
      ...options,
    });
  }

  public async mustCompose(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.compose(args, options);
    if (code !== 0) {
      throw new Error(
        `docker compose ${args.join(' ')} ended with ${code}\n${stdout.slice(-3000)}${stderr.slice(-3000)}`,
      );
    }
    return stdout.trim();
  }

  public async gcodex(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return run('sh', [join(this.folder, 'bin/gcodex'), ...args], { ...this.inFolder, timeout: 90, ...options });
  }

  /** The container of a service that is running. */
  public async container(service: string): Promise<string> {
    const id = await this.mustCompose(['--profile', '*', 'ps', '--quiet', service]);
    if (!/^[0-9a-f]{64}$/.test(id)) {
      throw new Error(`${service} has not one running container: ${id || 'none'}`);
    }
    return id;
  }

  public async up(...profiles: string[]): Promise<void> {
    await this.mustCompose(
      [...profiles.flatMap((name) => ['--profile', name]), 'up', '--detach', '--wait', '--wait-timeout', '120'],
      { timeout: 180 },
    );
  }

  /** The gateway's audit records. */
  public async audit(): Promise<{ type: string; tool?: string; outcome?: string; client?: string }[]> {
    const text = await must('docker', [
      'exec',
      await this.container('mcp-gateway'),
      'cat',
      '/var/log/mcp-gateway/audit.jsonl',
    ]);
    return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  public config(service: string, name: string): { readonly path: string; readonly text: string } {
    const path = join(
      this.folder,
      'dist/compose',
      this.composeFile.endsWith('.draft.yml') ? 'config.draft' : 'config',
      service,
      name,
    );
    return { path, text: readFileSync(path, 'utf8') };
  }

  /** What of this project the engine still has: containers, networks, volumes. */
  public async left(): Promise<string[]> {
    const label = `label=com.docker.compose.project=${this.project}`;
    const lists = await Promise.all([
      must('docker', ['ps', '--all', '--filter', label, '--format', 'container {{.Names}}']),
      must('docker', ['network', 'ls', '--filter', label, '--format', 'network {{.Name}}']),
      must('docker', ['volume', 'ls', '--filter', label, '--format', 'volume {{.Name}}']),
    ]);
    return lists.flatMap((list) => list.split('\n')).filter((line) => line !== '');
  }

  public async down(): Promise<void> {
    await this.mustCompose(['--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '20'], {
      timeout: 120,
    });
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where a person stands who uses it, and what their shell has set. */
  public get inFolder(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    const project = this.named ? undefined : this.project;
    return {
      cwd: this.folder,
      env: { COMPOSE_PROJECT_NAME: project, COMPOSE_FILE: undefined, TOOLBOX_COMPOSE_FILE: undefined },
    };
  }
}
