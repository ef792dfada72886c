import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Evidence } from '../../src/inventory/evidence';
import { EvidenceRecord } from '../../src/model/evidence';
import { CheckPlan, Plan } from '../../src/plan/plan';
import { aFolder, put, ROOT, toolbox } from '../cli/support';
import { aPlan } from '../plan/plan-builder';

export const DIRECTORY = 'inventories/evidence';

/** The app gives every check the fingerprint of a file, so that a test can change what a check covers. */
const APP = `
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const sha256 = (text) => 'sha256:' + createHash('sha256').update(text).digest('hex');
const plan = JSON.parse(readFileSync('plan.json', 'utf8'));
const covered = sha256(readFileSync('covered.txt'));
const parts = [{ name: 'file covered.txt', digest: covered }];
const fingerprint = { digest: sha256(parts.map(({ name, digest }) => name + ' ' + digest + '\\n').join('')), parts };
plan.checks = plan.checks.map((check) => ({ ...check, fingerprint }));
const files = [{ path: 'compose/docker-compose.draft.yml', content: readFileSync('compose.txt', 'utf8') }, { path: 'docs/STATUS.md', content: 'page\\n' }];
writeFileSync(process.env.TOOLBOX_ASSEMBLY, JSON.stringify({ schemaVersion: 1, source: 'app.js', outdir: 'dist', plan, findings: [], files }));
`;

/** A check that runs a line for \`sh\`, and what a test wants to say about it. */
export function aCheck(name: string, line: string, facts: Partial<CheckPlan> = {}): Omit<CheckPlan, 'fingerprint'> {
  return {
    path: `box/${name}`,
    name,
    title: `Title of ${name}`,
    command: { kind: 'shell', line },
    expectation: 'It works.',
    covers: [],
    files: [],
    prerequisites: [],
    exclusive: false,
    timeoutSeconds: 60,
    required: true,
    status: { kind: 'to-verify' },
    ...facts,
  };
}

/** A project with checks whose generated files are in place. */
export function aProjectWith(checks: readonly object[], facts: Partial<Plan> = {}): string {
  const root = aFolder();
  put(root, 'toolbox.json', JSON.stringify({ app: 'node app.js', outdir: 'dist' }));
  put(root, 'app.js', APP);
  put(root, 'covered.txt', 'covered');
  put(root, 'compose.txt', 'services: {}\n');
  put(
    root,
    'plan.json',
    JSON.stringify(
      aPlan({ records: { evidenceDirectory: DIRECTORY, stray: [] }, ...facts, checks: checks as CheckPlan[] }),
    ),
  );
  const { code, err } = toolbox(root, 'synth');
  if (code !== 0) { throw new Error(err); }
  return root;
}

/** The record of a check as its file has it. */
export function textOf(root: string, check: string): string {
  return readFileSync(join(root, DIRECTORY, `${check}.yaml`), 'utf8');
}

/** Every record that can be believed; the reader must have nothing against any. */
export function recordsOf(root: string): EvidenceRecord[] {
  const { records, findings } = Evidence.fromDirectory(join(root, DIRECTORY));
  if (findings.length > 0) { throw new Error(findings.map(({ message }) => message).join('\n')); }
  return records;
}

export const TOOLBOX = join(ROOT, 'bin', 'toolbox');
