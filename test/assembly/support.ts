import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  Stats,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { provenanceSentence } from '../../src/plan/provenance';
import { OutputFile } from '../../src/plan/target-output';

export const SOURCE = 'src/main.ts';
export const HEADER = `# ${provenanceSentence({ source: SOURCE })}`;

const made: string[] = [];

/** An empty folder of its own; call `removeFolders` after each test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'toolbox-test-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** Generated files, by path and text; a line feed is added to each. */
export function files(texts: Readonly<Record<string, string>>): OutputFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, content: `${text}\n` }));
}

/** Puts a file by hand. */
export function put(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** Everything below a folder: path to text, empty folders and links included. */
export function treeOf(folder: string, below = ''): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const stats = lstatSync(join(folder, path));
    if (stats.isDirectory()) {
      const inner = treeOf(folder, path);
      Object.assign(tree, Object.keys(inner).length === 0 ? { [`${path}/`]: '' } : inner);
    } else {
      tree[path] = textOf(join(folder, path), stats);
    }
  }
  return tree;
}

function textOf(path: string, stats: Stats): string {
  if (stats.isSymbolicLink()) { return `-> ${readlinkSync(path)}`; }
  // a pipe would be read until somebody writes to it
  return stats.isFile() ? readFileSync(path, 'utf8') : '(neither file nor folder)';
}

export function modeOf(path: string): string {
  return (lstatSync(path).mode % 0o1000).toString(8);
}
