import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, allFiles, call, logPath, openedLog, rawLines, records, said, until, verified } from './support';

let folder: string;
let driver: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-driver-'));
  driver = join(folder, 'driver.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'driver.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: driver,
    logLevel: 'warning',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Driver {
  public readonly child: ChildProcess;
  private output = '';
  private errors = '';

  constructor(path: string, round = 0, concurrency = 8) {
    this.child = spawn(process.execPath, [driver, path, String(round), String(concurrency)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    after(async () => void (await this.end('SIGKILL')));
  }

  public get lines(): string[] {
    return this.output.split('\n').slice(0, -1);
  }

  public get answered(): string[] {
    return this.lines.filter((line) => line.startsWith('t-'));
  }

  public async writing(count: number): Promise<void> {
    await until(() => this.answered.length >= count || this.child.exitCode !== null);
    if (this.answered.length < count) {
      throw new Error(`the driver ended with ${this.child.exitCode}: ${this.errors}`);
    }
  }

  public async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const closed = once(this.child, 'close');
      this.child.kill(signal);
      await closed;
    }
    return this.child.exitCode;
  }

  public async failure(): Promise<string> {
    await once(this.child, 'close');
    return this.errors;
  }
}

function tools(path: string): Set<string> {
  const found = allFiles(path).flatMap(rawLines).flatMap((line) => /"tool":"(t-[\d-]+)"/.exec(line)?.[1] ?? []);
  return new Set(found);
}

describe('a gateway that is killed', () => {
  test('50 times under load leaves a whole chain, and every answered call is in it', async () => {
    const path = logPath();
    const answered: string[] = [];
    let torn = 0;
    for (let round = 0; round < 50; round += 1) {
      const run = new Driver(path, round);
      await run.writing(1 + ((round * 37) % 200));
      await run.end('SIGKILL');
      answered.push(...run.answered);
      const report = await verified(path);
      expect(report.findings).toEqual([]);
      torn += report.notes.filter(({ message }) => message.includes('incomplete')).length;
    }
    const logged = tools(path);
    expect(answered.length).toBeGreaterThan(50);
    expect(answered.filter((tool) => !logged.has(tool))).toEqual([]);
    expect(torn).toBeLessThanOrEqual(50);
    expect((await verified(path)).lastSeq).toBeGreaterThanOrEqual(answered.length);
  });

  test('in the middle of a line leaves it recognizable, wherever it was cut', async () => {
    const path = logPath();
    const first = await openedLog({ path });
    await first.append(call());
    const [whole, head] = [statSync(path).size, readFileSync(`${path}.head`)];
    await first.append(call());
    await first.close();
    const both = readFileSync(path);
    for (const size of [whole + 1, whole + 100, both.length - 2, both.length - 1]) {
      writeFileSync(`${path}.head`, head);
      writeFileSync(path, both.subarray(0, size));
      const unended = size === both.length - 1;
      expect(said(await verified(path)).filter((line) => !line.includes('the head is at record'))).toEqual(
        unended ? [] : ['note 2: the last line is incomplete: it was being written when the gateway ended'],
      );
      const second = await openedLog({ path });
      await second.append(call());
      await second.close();
      const report = await verified(path);
      expect(report.findings).toEqual([]);
      expect(report.records).toBe(3);
      const torn = both.subarray(whole, size).toString('latin1');
      if (!unended) {
        expect(rawLines(path)[1]).toBe(torn);
        expect(JSON.parse(rawLines(path)[2] ?? '')).toMatchObject({
          type: 'recovered',
          reason: 'torn',
          bytes: torn.length,
          seq: 2,
        });
      }
    }
  });

  test('after records were cut away is not excused by a torn line', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    for (let index = 0; index < 5; index += 1) {
      await log.append(call());
    }
    await log.close();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    expect((await verified(path)).findings.map(({ kind }) => kind)).toEqual(['truncated']);
  });
});

describe('two gateways on one log', () => {
  test(
    'fail at the second, which says who writes it; a third may when the first was killed',
    async () => {
      const path = logPath();
      const first = new Driver(path, 1);
      await first.writing(5);
      expect(await new Driver(path, 2).failure()).toContain(`the audit log is in use by process ${first.child.pid}`);
      await first.end('SIGKILL');
      const third = new Driver(path, 3);
      await third.writing(5);
      await third.end('SIGTERM');
      expect(said(await verified(path)).filter((line) => !line.includes('incomplete'))).toEqual([]);
      expect([...tools(path)].some((tool) => tool.startsWith('t-2-'))).toBe(false);
      expect(existsSync(`${path}.lock`)).toBe(false);
    },
  );

  test(
    'of which the first runs in another container: the second waits for its heartbeat, and takes over from a dead one',
    async () => {
      const path = logPath();
      const elsewhere = JSON.stringify({ token: 'elsewhere', pid: 1, startTicks: '1', space: 'another boot pid:[1]' });
      writeFileSync(`${path}.lock`, elsewhere);
      const heart = setInterval(() => utimesSync(`${path}.lock`, new Date(), new Date()), 200);
      after(() => clearInterval(heart));
      await expect(openedLog({ path, lockWaitMs: 500 })).rejects.toThrow('another container or host');
      clearInterval(heart);
      const began = performance.now();
      const log = await openedLog({ path });
      expect(performance.now() - began).toBeGreaterThan(2_500);
      await log.append(call());
      expect(records(path)).toHaveLength(1);
    },
  );

  test('of which the first lost its lock: it writes no more', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    writeFileSync(`${path}.lock`, JSON.stringify({ token: 'other', pid: 1 }));
    await expect.poll(() => log.healthy).toBe(false);
    await expect(log.append(call())).rejects.toThrow('another process took the audit log over');
    expect(records(path)).toHaveLength(1);
  });

  test('a deleted lock is made again', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    rmSync(`${path}.lock`);
    await until(() => existsSync(`${path}.lock`));
    await log.append(call());
    await expect(openedLog({ path })).rejects.toThrow('in use by process');
  });

  test.each(['', 'not json', '{"pid":"x"}'])(
    'a lock file that reads %j is taken over without a heartbeat',
    async (text) => {
      const path = logPath();
      writeFileSync(`${path}.lock`, text);
      await (await openedLog({ path })).append(call());
      expect(records(path)).toHaveLength(1);
    },
  );
});

describe('a disk without space', () => {
  test(
    'refuses from the record that did not fit, and goes on with a whole chain when there is space',
    async () => {
      const path = logPath();
      const run = new Driver(path, 1, 2);
      await run.writing(20);
      // Like a full disk: what fits is written, the rest is not.
      execFileSync('prlimit', ['--pid', String(run.child.pid), `--fsize=${statSync(path).size + 1000}:unlimited`]);
      await until(() => run.lines.some((line) => line.startsWith('refused')));
      const refusals = run.lines.filter((line) => line.startsWith('refused'));
      expect(refusals[0]).toMatch(/cannot be written/);
      execFileSync('prlimit', ['--pid', String(run.child.pid), '--fsize=unlimited:unlimited']);
      const before = run.answered.length;
      await until(() => run.answered.length > before + 20);
      expect(await run.end('SIGTERM')).toBe(0);
      const report = await verified(path);
      expect(report.findings).toEqual([]);
      expect(report.notes.map(({ message }) => message).join()).toContain('could not be written for a while');
      const logged = tools(path);
      expect(run.answered.filter((tool) => !logged.has(tool))).toEqual([]);
    },
  );
});
