import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, Comparison, peakMemory, run, Subject } from './measure';

const MANY = 1000;
const FEW = 100;

/**
 * A command on 1,000 services, 10,000 environment entries, 200 networks and 1,000 checks, through the same on a tenth
 * of it.
 */
export interface Scale {
  readonly time: Comparison;
  /** In mebibytes. */
  readonly memory: Comparison;
}

/** Whether all services share one network, or a few each. */
export type Networks = 'one' | 'many';

/** How much more a command takes when there is ten times as much to do. */
export function scaleOf(
  garvis: string,
  scratch: string,
  command: string,
  rounds: number,
  networks: Networks = 'many',
): Scale {
  const [many, few] = [MANY, FEW].map((count) =>
    subjectOf(garvis, join(scratch, `${networks}-${count}`), command, { count, networks }));
  [many, few].forEach(run);
  const time = compare(many, few, rounds);
  const [first, second] = [many, few].map(peakMemory);
  return { time, memory: { first, second, ratio: first / second } };
}

/** What `synth` takes and writes for services on one network. */
export interface FlatNetwork {
  readonly milliseconds: number;
  readonly mebibytes: number;
  readonly outputMegabytes: number;
}

/** Measures `synth` of as many services, all on one network. */
export function flatNetwork(garvis: string, scratch: string, count: number, rounds: number): FlatNetwork {
  const cwd = join(scratch, `one-${count}`);
  const subject = subjectOf(garvis, cwd, 'synth', { count, networks: 'one' });
  run(subject);
  const dist = join(cwd, 'dist');
  const sizes = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(dist, name)))
    .map((stats) => (stats.isFile() ? stats.size : 0));
  return {
    milliseconds: compare(subject, subject, rounds).first,
    mebibytes: peakMemory(subject),
    outputMegabytes: sizes.reduce((sum, size) => sum + size, 0) / 1e6,
  };
}

function subjectOf(
  garvis: string,
  cwd: string,
  command: string,
  { count, networks }: { readonly count: number; readonly networks: Networks },
): Subject {
  mkdirSync(cwd, { recursive: true });
  const app = `node -r ${join(garvis, 'bin', 'register.js')} ${join(garvis, 'bench', 'many-services.ts')}`;
  writeFileSync(join(cwd, 'toolbox.json'), JSON.stringify({ app, outdir: 'dist' }));
  return {
    args: [join(garvis, 'bin', 'toolbox'), command],
    cwd,
    env: { BENCH_SERVICES: String(count), BENCH_NETWORKS: networks },
    codes: command === 'status' ? [1] : [],
    before: command === 'synth' ? () => rmSync(join(cwd, 'dist'), { recursive: true, force: true }) : undefined,
  };
}
