import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** How much more a command takes when there is ten times as much to do. */
export function scaleOf(garvis: string, scratch: string, command: string, rounds: number): Scale {
  const [many, few] = [MANY, FEW].map((count) => subjectOf(garvis, join(scratch, `many-${count}`), command, count));
  [many, few].forEach(run);
  const time = compare(many, few, rounds);
  const [first, second] = [many, few].map(peakMemory);
  return { time, memory: { first, second, ratio: first / second } };
}

function subjectOf(garvis: string, cwd: string, command: string, count: number): Subject {
  mkdirSync(cwd, { recursive: true });
  const app = `node -r ${join(garvis, 'bin', 'register.js')} ${join(garvis, 'bench', 'many-services.ts')}`;
  writeFileSync(join(cwd, 'toolbox.json'), JSON.stringify({ app, outdir: 'dist' }));
  return {
    args: [join(garvis, 'bin', 'toolbox'), command],
    cwd,
    env: { BENCH_SERVICES: String(count) },
    codes: command === 'status' ? [1] : [],
    before: command === 'synth' ? () => rmSync(join(cwd, 'dist'), { recursive: true, force: true }) : undefined,
  };
}
