import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, Comparison, run, Subject } from './measure';

/** What a command that asks for the plan alone may cost: twice an empty Node, and so many milliseconds. */
const BUDGET_MS = 200;
/** What a check may cost beside its own time, in milliseconds. */
const OVERHEAD_MS = 50;
const CHECKS = 100;

/** The cost of a command of GARVIS through its budget. */
export function throughBudget(garvis: string, words: readonly string[], rounds: number): Comparison {
  const command: Subject = { args: [join(garvis, 'bin', 'toolbox'), ...words], cwd: garvis, codes: [1] };
  run(command);
  const { first, second } = compare(command, { args: ['-e', '0'], cwd: garvis }, rounds);
  const budget = 2 * second + BUDGET_MS;
  return { first, second: budget, ratio: first / budget };
}

/** What one more check costs that does nothing, one after the other, through what it may cost. */
export function overheadOfChecks(garvis: string, scratch: string, rounds: number): Comparison {
  const [many, one] = [CHECKS + 1, 1].map((count) => verifying(garvis, join(scratch, `checks-${count}`), count));
  const { first, second } = compare(many, one, rounds);
  const each = (first - second) / CHECKS;
  return { first: each, second: OVERHEAD_MS, ratio: each / OVERHEAD_MS };
}

function verifying(garvis: string, cwd: string, count: number): Subject {
  mkdirSync(cwd);
  const core = JSON.stringify(join(garvis, 'src', 'core'));
  writeFileSync(
    join(cwd, 'main.ts'),
    `
import { Check, CheckCommand, Evidence, Toolbox } from ${core};
const box = new Toolbox('box', { title: 'Box', description: 'Checks that do nothing.', source: 'main.ts', evidence: Evidence.fromDirectory('evidence') });
for (let index = 0; index < ${count}; index++) {
  new Check(box, 'check-' + index, { title: 'Nothing', expectation: 'Nothing.', command: CheckCommand.shell('true'), covers: [], files: ['main.ts'] });
}
box.synth();
`,
  );
  writeFileSync(
    join(cwd, 'toolbox.json'),
    JSON.stringify({ app: `node -r ${join(garvis, 'bin', 'register.js')} main.ts`, outdir: 'dist' }),
  );
  const toolbox = join(garvis, 'bin', 'toolbox');
  run({ args: [toolbox, 'synth'], cwd });
  const subject: Subject = { args: [toolbox, 'verify', '--quiet', '--jobs', '1', '--by', 'bench'], cwd };
  run(subject);
  return subject;
}
