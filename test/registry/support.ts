import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { aFolder, put, Result, ROOT } from '../cli/support';

export const INVENTORY = 'inventories/versions.yaml';

/** One image of an inventory: its component, its reference, and the line that holds it or tells why none does. */
export interface AnImage {
  readonly id: string;
  readonly repository: string;
  readonly held?: string;
}

/** An inventory with images of the version 1.0, a package and a version, with comments and blank lines about. */
export function anInventory(...images: readonly AnImage[]): string {
  const entries = images
    .map(
      ({ id, repository, held = 'digestMissing: Nobody could look it up. # yet' }) => `  # about ${id}
  - id: ${id}
    title: ${id}
    version: '1.0'
    runsOn: [container]
    image:
      repository: ${repository}
      ${held}
    status: decided

`,
    )
    .join('');
  return `# head
schemaVersion: 1
components:
${entries}  - { id: engine, title: Engine, version: "28.4", runsOn: [host], status: decided }
  - { id: later, title: Later, runsOn: [host], status: undecided } # foot
`;
}

/** A project with a model that has an inventory and nothing else. */
export function aPinnedProject(inventory: string): string {
  const root = aFolder();
  put(root, INVENTORY, inventory);
  put(root, 'toolbox.json', JSON.stringify({ app: `node -r ${join(ROOT, 'bin/register.js')} app.js`, outdir: 'dist' }));
  put(root, 'app.js', `
    const { Toolbox, PinInventory } = require('${join(ROOT, 'src/core')}');
    new Toolbox('t', { title: 'T', description: 'A toolbox.', pins: PinInventory.fromFile('${INVENTORY}') }).synth();
  `);
  return root;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Module that is loaded first. */
  readonly hook?: string;
}

/** Runs the command while the servers of this process go on. */
export function toolbox(
  cwd: string,
  args: readonly string[],
  { env, hook }: RunOptions = {},
): Promise<Result & { readonly signal: string | null }> {
  return new Promise((resolve) => {
    const hooks = hook === undefined ? [] : ['-r', hook];
    const child = spawn(process.execPath, [...hooks, join(ROOT, 'bin', 'toolbox'), ...args], {
      cwd,
      env: { ...process.env, DOCKER_CONFIG: cwd, ...env },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
    child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  });
}
