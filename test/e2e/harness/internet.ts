import { ChildProcess, spawn } from 'node:child_process';
import { eventually, must, run } from './process';

const SPACE = `toolbox-e2e-${process.pid}`;
const INSIDE = 'e2e-inside';
const OUTSIDE = 'e2e-outside';

/** An address that is reserved for examples: nothing else answers there. */
const NET = '203.0.113';
const SERVER = 'require("node:net").createServer((socket) => socket.end()).listen(443, () => console.log("ready"))';

/** A stand-in for the internet: a server in a network namespace of its own, behind the machine's own routing. */
export class Internet {
  public static readonly address = `${NET}.1`;
  public static readonly port = 443;

  public static async start(): Promise<Internet> {
    const internet = new Internet();
    // an earlier run that was killed may have left it
    await run('ip', ['link', 'del', OUTSIDE]);
    try {
      await must('ip', ['netns', 'add', SPACE]);
      await must('ip', ['link', 'add', OUTSIDE, 'type', 'veth', 'peer', 'name', INSIDE, 'netns', SPACE]);
      await must('ip', ['addr', 'add', `${NET}.2/24`, 'dev', OUTSIDE]);
      await must('ip', ['link', 'set', OUTSIDE, 'up']);
      await must('ip', ['-n', SPACE, 'addr', 'add', `${NET}.1/24`, 'dev', INSIDE]);
      await must('ip', ['-n', SPACE, 'link', 'set', INSIDE, 'up']);
      await must('ip', ['-n', SPACE, 'route', 'add', 'default', 'via', `${NET}.2`]);
      await internet.serve();
    } catch (error) {
      await internet.stop();
      throw error;
    }
    return internet;
  }

  private server?: ChildProcess;

  private constructor() {}

  public async stop(): Promise<void> {
    this.server?.kill('SIGKILL');
    await run('ip', ['link', 'del', OUTSIDE]);
    await run('ip', ['netns', 'del', SPACE]);
  }

  private async serve(): Promise<void> {
    let said = '';
    this.server = spawn('ip', ['netns', 'exec', SPACE, process.execPath, '--eval', SERVER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.server.stdout?.on('data', (chunk) => { said += String(chunk); });
    await eventually('the stand-in for the internet listens', 15, async () =>
      said.includes('ready') ? true : undefined,
    );
  }
}
