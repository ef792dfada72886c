import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'bin', 'completion');

function bash(...words: string[]): string[] {
  const script = '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gcodex; printf "%s\\n" "${COMPREPLY[@]}"';
  return execFileSync('bash', ['--norc', '-c', script, 'bash', join(FOLDER, 'gcodex.bash'), ...words], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
}

test('bash completes the options of gcodex first, and codex\'s', () => {
  expect(bash('gcodex', '--')).toEqual(
    expect.arrayContaining(['--tool', '--doctor', '--version', '--help', '--model']),
  );
  expect(bash('gcodex', 'ex')).toEqual(['exec']);
  expect(bash('gcodex', '-m', 'x', '--')).not.toContain('--doctor');
  expect(bash('gcodex', '--profile', 'x', '--to')).toEqual(['--tool']);
});

test('bash completes what belongs to a command', () => {
  expect(bash('gcodex', 'exec', '--out')).toEqual(['--output-schema', '--output-last-message']);
  expect(bash('gcodex', '--tool', 'fs_read', '--d')).toEqual(['--dry-run']);
  expect(bash('gcodex', '--profile', 'x', '--tool', 'fs_read', '--')).not.toContain('--model');
  expect(bash('gcodex', '--doctor', '-')).toEqual(['--json']);
  expect(bash('gcodex', 'exec', '--sandbox', 'w')).toEqual(['workspace-write']);
});

test('zsh finds the completion and can load it', () => {
  const script =
    'fpath=($1 $fpath); autoload -Uz compinit; compinit -D -u; print -r -- ${_comps[gcodex]}; autoload +X _gcodex; print -r -- ${+functions[_gcodex]}';
  expect(execFileSync('zsh', ['-fc', script, 'zsh', FOLDER], { encoding: 'utf8' })).toBe('_gcodex\n1\n');
});
