import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../e2e/harness/garvis';
import { eventually, must } from '../../e2e/harness/process';

const INSTALLED =
  process.env.TOOLBOX_REAL_OLLAMA ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'toolbox-constructs/real-ollama');

/** Texts of the kind that an agent sends: the model's vocabulary is learned from them. */
const TEXTS = [
  'README.md',
  'containers/mcp-gateway/README.md',
  'containers/mcp-gateway/TOOLS.md',
  'dist/docs/STATUS.md',
];

/** A real Ollama of this suite's own, whose models and log are in one folder. */
export class Ollama {
  /** Starts it, and gives it the scripted model under the name `model`. */
  public static async start(folder: string, address: string, port: number, model: string): Promise<Ollama> {
    mkdirSync(join(folder, 'model'), { recursive: true });
    const ollama = new Ollama(folder, `http://${address}:${port}`);
    try {
      await eventually('Ollama answers', 60, () => ollama.version().catch(() => undefined));
      await must(
        join(INSTALLED, 'venv/bin/python'),
        [join(__dirname, 'model.py'), join(folder, 'model'), ...TEXTS.map((name) => join(ROOT, name))],
        { timeout: 120 },
      );
      await must(join(INSTALLED, 'ollama'), ['create', model, '--file', join(folder, 'model/Modelfile')], {
        env: ollama.env,
        timeout: 120,
      });
    } catch (error) {
      await ollama.stop();
      throw new Error(`${(error as Error).message}\n${ollama.log().slice(-3000)}`);
    }
    return ollama;
  }

  private readonly env: NodeJS.ProcessEnv;
  private readonly logFile: string;
  private readonly server: ChildProcess;

  private constructor(folder: string, private readonly url: string) {
    this.logFile = join(folder, 'ollama.log');
    // level 2 also logs each prompt
    this.env = {
      HOME: folder,
      OLLAMA_HOST: url,
      OLLAMA_MODELS: join(folder, 'models'),
      OLLAMA_CONTEXT_LENGTH: '32768',
      OLLAMA_DEBUG: '2',
    };
    const log = openSync(this.logFile, 'w');
    this.server = spawn(join(INSTALLED, 'ollama'), ['serve'], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    this.server.on('error', () => undefined);
    closeSync(log);
  }

  public async version(): Promise<string> {
    const answer = await fetch(`${this.url}/api/version`);
    return ((await answer.json()) as { version: string }).version;
  }

  public log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** How many chats have ended, in whatever way: Ollama logs a request at its end. */
  public endedChats(): number {
    return this.log()
      .split('\n')
      .filter((line) => line.startsWith('[GIN]') && line.includes('"/v1/chat/completions"')).length;
  }

  /** The prompts that the model was given, as Ollama made them of the conversations. */
  public prompts(): string[] {
    return [...this.log().matchAll(/msg="completion request" prompt="((?:[^"\\]|\\.)*)"/g)].map(
      ([, prompt = '']) => JSON.parse(`"${prompt}"`) as string,
    );
  }

  /** Ends it and the process that runs the model. It would wait for requests that have no end. */
  public async stop(): Promise<void> {
    if (this.server.exitCode === null && this.server.signalCode === null && this.server.pid !== undefined) {
      const ended = new Promise((done) => this.server.once('close', done));
      process.kill(-this.server.pid, 'SIGKILL');
      await ended;
    }
  }
}
