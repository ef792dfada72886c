import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { overheadOfChecks, throughBudget } from './earned-status';
import { compare, Comparison, run, Subject } from './measure';
import { flatNetwork, scaleOf } from './scale';

const ROOT = join(__dirname, '..');
const ROUNDS = Number(process.argv[2] ?? 11);
/** On a machine that others use as well, two runs of the same differ by as much: only what is beyond it fails. */
const NOISE = 1.1;
const LEFT_OUT = new Set(['node_modules', 'lib', 'build', 'coverage', '.git', '.cache']);

interface Line extends Comparison {
  readonly title: string;
  readonly goal: number;
  /** Milliseconds, unless it says otherwise. */
  readonly unit?: string;
}

const scratch = mkdtempSync(join(tmpdir(), 'toolbox-bench-'));
try {
  const lines = measureAll();
  lines.forEach(print);
  process.exitCode = lines.some(({ ratio, goal }) => ratio > goal * NOISE) ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function measureAll(): Line[] {
  const garvis = copyOfGarvis();
  const synth: Subject = { args: [join(garvis, 'bin', 'toolbox'), 'synth'], cwd: garvis };
  const cold: Subject = { ...synth, before: () => rmSync(join(garvis, 'dist'), { recursive: true, force: true }) };
  const check: Subject = { ...synth, args: [join(garvis, 'bin', 'toolbox'), 'check'] };
  [synth, synth, check].forEach(run);
  const bare = bareScript(join(garvis, 'dist', 'kubernetes'));
  return [
    { title: 'synth of GARVIS / bare script that writes the manifests', goal: 1.5, ...compare(cold, bare, ROUNDS) },
    { title: 'synth with nothing to change / bare script', goal: 1.5, ...compare(synth, bare, ROUNDS) },
    { title: 'check / synth', goal: 1.1, ...compare(check, cold, ROUNDS) },
    { title: 'synth with the app in the process / as a child', goal: 0.9, ...inProcess(garvis, synth) },
    ...['synth', 'check', 'status'].flatMap((command) => linesOfScale(garvis, command)),
    ...linesOfFlatNetwork(garvis),
    { title: 'register hook: everything known / nothing known', goal: 0.2, ...registerCache(garvis) },
    { title: 'status / twice an empty Node and 200 ms', goal: 1, ...throughBudget(garvis, ['status'], ROUNDS) },
    {
      title: 'doctor --offline / twice an empty Node and 200 ms',
      goal: 1,
      ...throughBudget(garvis, ['doctor', '--offline'], ROUNDS),
    },
    {
      title: 'verify: one more check that does nothing / 50 ms',
      goal: 1,
      ...overheadOfChecks(garvis, scratch, Math.ceil(ROUNDS / 4)),
    },
  ];
}

/** The model in a folder of its own, so that nobody's output folder is touched. */
function copyOfGarvis(): string {
  const folder = join(scratch, 'garvis');
  for (const name of ['src', 'bin', 'bench', 'inventories', 'containers', 'test/e2e', 'toolbox.json', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(basename(source)),
    });
  }
  linkDependencies(folder);
  return folder;
}

function linkDependencies(folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) { symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name)); }
  }
}

/** The same manifests, as objects that only have to be written. */
function bareScript(manifests: string): Subject {
  const objects: Record<string, unknown[]> = {};
  for (const file of readdirSync(manifests, { recursive: true, encoding: 'utf8' })) {
    const text =
      file.endsWith('.yaml') && !file.endsWith('kustomization.yaml') ? readFileSync(join(manifests, file), 'utf8') : '';
    const documents = parseAllDocuments(text);
    if ('map' in documents) {
      objects[basename(file, '.yaml')] = documents
        .map((document): unknown => document.toJS())
        .filter((object) => object !== null);
    }
  }
  const file = join(scratch, 'manifests.json');
  writeFileSync(file, JSON.stringify(objects));
  return { args: [join(ROOT, 'bench', 'bare.js'), file, join(scratch, 'bare')], cwd: ROOT };
}

/** Any option but -r makes the app a child of the command; see src/app/README.md. */
function inProcess(garvis: string, synth: Subject): Comparison {
  const file = join(garvis, 'toolbox.json');
  const hosted = readFileSync(file, 'utf8');
  const child = hosted.replace('"node ', '"node --no-warnings ');
  if (child === hosted) { throw new Error(`${file} does not start its app by node.`); }
  const given = (text: string): Subject => ({ ...synth, before: () => writeFileSync(file, text) });
  const comparison = compare(given(hosted), given(child), ROUNDS);
  writeFileSync(file, hosted);
  return comparison;
}

function linesOfScale(garvis: string, command: string): Line[] {
  const { time, memory } = scaleOf(garvis, scratch, command, Math.ceil(ROUNDS / 4));
  return [
    { title: `${command} of 1,000 services / of 100`, goal: 11, ...time },
    { title: `memory of ${command} of 1,000 services / of 100`, goal: 4, unit: 'MiB', ...memory },
  ];
}

/** A list of who reaches whom would grow with the square of the services of a network. */
function linesOfFlatNetwork(garvis: string): Line[] {
  const rounds = Math.ceil(ROUNDS / 4);
  const { time, memory } = scaleOf(garvis, scratch, 'synth', rounds, 'one');
  const { milliseconds, mebibytes, outputMegabytes } = flatNetwork(garvis, scratch, 400, rounds);
  const title = 'synth of 400 services on one network';
  const of = (first: number, second: number): Comparison => ({ first, second, ratio: first / second });
  return [
    { title: 'synth of 1,000 services on one network / of 100', goal: 11, ...time },
    { title: 'memory of 1,000 services on one network / of 100', goal: 4, unit: 'MiB', ...memory },
    { title: `${title} / 4 s`, goal: 1, ...of(milliseconds, 4000) },
    { title: `memory of ${title} / 250 MiB`, goal: 1, unit: 'MiB', ...of(mebibytes, 250) },
    { title: `output of ${title} / 6 MB`, goal: 1, unit: 'MB', ...of(outputMegabytes, 6) },
  ];
}

function registerCache(garvis: string): Comparison {
  const known: Subject = {
    args: ['-r', join(garvis, 'bin', 'register.js'), join(garvis, 'src', 'core.ts')],
    cwd: garvis,
  };
  const unknown: Subject = {
    ...known,
    before: () => rmSync(join(garvis, 'node_modules', '.cache'), { recursive: true, force: true }),
  };
  return compare(known, unknown, Math.ceil(ROUNDS / 4));
}

function print({ title, first, second, ratio, goal, unit = 'ms' }: Line): void {
  const verdict = ratio <= goal ? 'ok' : ratio <= goal * NOISE ? 'missed, within noise' : 'too slow';
  const judged = `${ratio.toFixed(2).padStart(6)}  (goal ${goal}, ${verdict})`;
  process.stdout.write(`${judged}  ${title}: ${first.toFixed(0)} ${unit} / ${second.toFixed(0)} ${unit}\n`);
}
