import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { aFolder, files, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { writeOutput } from '../../src/assembly/write-output';
import { OutputFile } from '../../src/plan/target-output';

jest.setTimeout(120_000);
afterEach(removeFolders);

const WRITER = join(__dirname, 'fixtures', 'faulty-writer.js');
const options = { source: SOURCE, label: 'dist' };

function filesOf(text: string): OutputFile[] {
  return files({
    ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${text}/${index}.yaml`, text])),
    'shared.yaml': text,
  });
}

function treeOfOnly(text: string): Record<string, string> {
  const outdir = join(aFolder(), 'dist');
  writeOutput(outdir, filesOf(text), options);
  return treeOf(outdir);
}

/** Arguments of a process that writes the files of a text, with a fault at a call of the disk. */
function writer(text: string, outdir: string, fault: string, at: number): string[] {
  const given = join(aFolder(), 'given.json');
  writeFileSync(given, JSON.stringify({ files: filesOf(text) }));
  return [WRITER, fault, given, outdir, String(at)];
}

function withoutLeftovers(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('.toolbox-')));
}

async function ended(args: readonly string[]): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) =>
    spawn(process.execPath, args, { stdio: 'ignore' }).once('exit', (code, signal) => resolve(signal ?? code)),
  );
}

test('of two writers one is killed, at any step: check names a mixed tree, and the next run completes it', async () => {
  const [old, one, other] = ['old', 'one', 'other'].map(treeOfOnly);
  const measured = join(aFolder(), 'dist');
  writeOutput(measured, filesOf('old'), options);
  const { stdout } = spawnSync(process.execPath, writer('one', measured, 'none', Infinity), { encoding: 'utf8' });
  const [{ count }] = JSON.parse(stdout) as { count: number }[];
  expect(count).toBeGreaterThan(30);

  for (let at = 1; at <= count; at += 4) {
    const outdir = join(aFolder(), 'dist');
    writeOutput(outdir, filesOf('old'), options);
    const ends = await Promise.all([
      ended(writer('one', outdir, 'kill', at)),
      ended(writer('other', outdir, 'none', Infinity)),
    ]);
    // the killed one may find all done by the other, and nothing to do
    expect(['SIGKILL', 0]).toContain(ends[0]);
    expect({ at, end: ends[1] }).toEqual({ at, end: 0 });
    const tree = treeOf(outdir);
    // the killed one may have been the last to write: then its run is complete, or check names it
    const isWhole = [old, one, other].some((whole) => isDeepStrictEqual(withoutLeftovers(tree), whole));
    const { findings } = checkOutput(outdir, filesOf('other'), options);
    expect({ at, isWhole, rules: findings.map(({ rule }) => rule) }).toEqual({
      at,
      isWhole,
      rules: isWhole ? [] : ['output-interrupted'],
    });
    expect(writeOutput(outdir, filesOf('other'), options).findings).toEqual([]);
    expect({ at, tree: treeOf(outdir) }).toEqual({ at, tree: other });
  }
});
