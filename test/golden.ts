import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { OutputFile } from '../src/plan/target-output';

/**
 * Compares files with a folder that holds what is expected, byte for byte: none missing, none more. With
 * UPDATE_GOLDEN=1 in the environment the folder is written instead; read the change before it is committed.
 */
export function expectGolden(folder: string, files: readonly OutputFile[]): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(folder, { recursive: true, force: true });
    files.forEach((file) => write(join(folder, file.path), file.content));
  }
  expect(Object.fromEntries(files.map((file) => [file.path, file.content]))).toEqual(filesBelow(folder));
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).split(sep).join('/'), readFileSync(path, 'utf8')]));
}
