/**
 * What the gateway adds to a call: the same tool, served by the SDK alone, by the gateway, and by the SDK behind two
 * other bridges. Everything is measured in one run, in turns; compare ratios, not the times of different machines.
 *
 *   node bench/run.mjs [--quick] [--alone] [--lib FOLDER] [--calls 100000]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fairness } from './fairness';
import { latencies, memoryOver, throughput } from './measure';
import { BenchManifest, freePort, prepareScratch, Scratch, Setup, startSetup, writeManifest } from './setups';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    lib: { type: 'string', default: 'lib' },
    calls: { type: 'string', default: '100000' },
  },
});
const size = values.quick ? { rounds: 10, perRound: 25, seconds: 1 } : { rounds: 80, perRound: 40, seconds: 4 };
const calls = Number(values.calls);
const CONCURRENCY = 16;
/** What one client may make others wait. */
const FAIR_MS = 250;
/** The most that a client may be slower beside a greedy one, on a machine where it takes long alone. */
const FAIR_RATIO = 10;
/** Memory may move by this much without being called growth. */
const GROWTH_MIB = 15;

const scratch = prepareScratch(process.cwd(), values.alone);
const run = mkdtempSync(join(scratch.folder, 'run-'));
const setups: Setup[] = [];
let failed = false;
let memoryFolder: string | undefined;
try {
  await startAll(scratch, setups);
  const atRest = setups.map((setup) => setup.memory());
  const taken = await latencies(setups, size.rounds, size.perRound);
  const rates: number[] = [];
  for (const setup of setups) {
    rates.push(await throughput(setup, CONCURRENCY, size.seconds));
  }
  const direct = taken[0];
  process.stdout.write(
    '\n| setup | p50 ms | p99 ms | added p50 ms | added p99 ms | calls/s | of direct | memory MiB |\n' +
    `|${' --- |'.repeat(8)}\n`,
  );
  for (const [index, setup] of setups.entries()) {
    const { p50, p99, added } = taken[index] ?? { p50: NaN, p99: NaN, added: NaN };
    const more = direct === undefined || index === 0 ? ['', ''] : [added.toFixed(3), (p99 - direct.p99).toFixed(3)];
    const rate = Math.round(rates[index] ?? 0);
    const memory = (atRest[index] ?? 0).toFixed(0);
    const share = `${Math.round((100 * (rates[index] ?? 0)) / (rates[0] ?? 1))} %`;
    process.stdout.write(
      `| ${[setup.name, p50.toFixed(3), p99.toFixed(3), ...more, rate, share, memory].join(' | ')} |\n`,
    );
  }
  const gateway = setups.find(({ name }) => name === 'gateway');
  if (gateway !== undefined) {
    const { alone, beside } = await fairness(gateway);
    // a busy machine delays calls by itself
    const limit = Math.max(FAIR_MS, FAIR_RATIO * alone);
    const figure = `${beside.toFixed(0)} ms at p99, alone ${alone.toFixed(0)} ms`;
    const goal = `another client's calls and probes under ${limit.toFixed(0)} ms beside 100 parallel calls`;
    failed = !verdict(goal, beside < limit, figure) || failed;
  }
  if (gateway !== undefined && calls > 0) {
    await Promise.all(setups.filter((setup) => setup !== gateway).map(async (setup) => setup.stop()));
    const samples = await memoryOver(gateway, calls, CONCURRENCY);
    await sleep(2_000);
    const after = gateway.memory();
    // what lasts, not how much waits to be collected at the moment
    const early = Math.max(...samples.slice(0, 3));
    const late = Math.min(after, ...samples.slice(-3));
    process.stdout.write(
      `\nmemory of the gateway, MiB: at rest ${(atRest[setups.indexOf(gateway)] ?? 0).toFixed(0)}; after each tenth ` +
      `of ${calls} calls ${samples.map((sample) => sample.toFixed(0)).join(' ')}; 2 s later ${after.toFixed(0)}\n`,
    );
    failed =
      !verdict(
        'no growth of memory',
        late - early < GROWTH_MIB,
        `${(late - early).toFixed(1)} MiB since the first calls`,
      ) || failed;
  }
  const ours = taken[setups.findIndex(({ name }) => name === 'gateway')];
  if (ours !== undefined && scratch.peers) {
    failed = !verdict('under 1 ms added at p50', ours.added < 1, `${ours.added.toFixed(3)} ms`) || failed;
  }
} finally {
  await Promise.all(setups.map(async (setup) => setup.stop()));
  [run, memoryFolder].forEach((folder) => folder !== undefined && rmSync(folder, { recursive: true, force: true }));
}
process.exitCode = failed ? 1 : 0;

async function startAll({ lib, peers, folder }: Scratch, started: Setup[]): Promise<void> {
  const url = (port: number): string => `http://127.0.0.1:${port}/mcp`;
  const manifestOf = (port: number, auditFolder = run): BenchManifest =>
    writeManifest(run, port, join(auditFolder, `audit-${port}.jsonl`));
  if (peers) {
    const port = await freePort();
    started.push(
      await startSetup(
        'SDK alone',
        [join(lib, 'direct-http.mjs'), manifestOf(port).file, String(port), join(folder, 'peers')],
        { url: url(port) },
      ),
    );
  }
  const port = await freePort();
  const { file, env, tokens } = manifestOf(port);
  started.push(
    await startSetup(
      'gateway',
      [join(values.lib, 'main.mjs'), 'serve', '--manifest', file],
      { url: url(port), token: tokens[0] },
      { env, tokens },
    ),
  );
  if (existsSync('/dev/shm')) {
    // Separates the time of the disk from that of the gateway.
    const memoryPort = await freePort();
    memoryFolder = mkdtempSync('/dev/shm/bench-');
    const inMemory = manifestOf(memoryPort, memoryFolder);
    const argv = [join(values.lib, 'main.mjs'), 'serve', '--manifest', inMemory.file];
    started.push(
      await startSetup('gateway, log in memory', argv, { url: url(memoryPort), token: tokens[0] }, { env, tokens }),
    );
  }
  if (peers) {
    const stdio = [process.execPath, join(lib, 'direct-stdio.mjs'), file];
    const superPort = await freePort();
    const superArgs = [
      '--stdio',
      stdio.join(' '),
      '--outputTransport',
      'streamableHttp',
      '--stateful',
      '--port',
      String(superPort),
      '--logLevel',
      'none',
    ];
    started.push(
      await startSetup('supergateway', [join(folder, 'peers/node_modules/supergateway/dist/index.js'), ...superArgs], {
        url: url(superPort),
      }),
    );
    const proxyPort = await freePort();
    const proxyArgs = ['--host', '127.0.0.1', '--port', String(proxyPort), '--server', 'stream', '--', ...stdio];
    started.push(
      await startSetup(
        'mcp-proxy',
        [join(folder, 'peers/node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs'), ...proxyArgs],
        { url: url(proxyPort) },
      ),
    );
  }
}

function verdict(goal: string, met: boolean, figure: string): boolean {
  process.stdout.write(`${met ? 'met' : 'MISSED'}: ${goal} (${figure})\n`);
  return met;
}
