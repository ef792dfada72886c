import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Finding } from '../model/finding';
import { OutputFile } from '../plan/target-output';
import { Changes, findChanges, Write } from './private/compare-folder';
import { look } from './private/look';
import { judgeFiles } from './private/output-path';
import { systemFinding } from './system-finding';
import { OutputOptions } from './write-output';
import { outputFinding } from '../rules/reported/output-folder';
import { unifiedDiff } from '../util/unified-diff';

/** How a file in the output folder differs from what the model gives. */
export interface Drift {
  /**
   * changed: other bytes; missing: not there; stale: no longer generated; foreign: a file that is not ours is in its
   * place.
   */
  readonly kind: 'changed' | 'missing' | 'stale' | 'foreign';
  /** Relative to the output folder. */
  readonly path: string;
  /** The changes of a synthesis as a unified diff, safe to print. */
  readonly diff: string;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Sorted by path; empty when the folder equals the model. */
  readonly drift: readonly Drift[];
  /** How many files are as they should be. */
  readonly unchanged: number;
}

/**
 * Compares the output folder with the generated files. Reads only.
 *
 * @param outdir the output folder.
 * @param files everything that is generated.
 */
export function checkOutput(outdir: string, files: readonly OutputFile[], options: OutputOptions): CheckResult {
  const label = (options.label ?? outdir).replaceAll('\\', '/');
  const refused = judgeFiles(files);
  if (refused.length > 0) { return { findings: refused, drift: [], unchanged: 0 }; }
  try {
    const changes = findChanges(outdir, label, files, options);
    const findings = changes.interrupted
      ? [outputFinding('output-interrupted', `A synth of "${label}" was interrupted: some of its files are old.`)]
      : [];
    return {
      findings: [...changes.findings, ...findings],
      drift: driftOf(outdir, label, changes),
      unchanged: changes.same.length,
    };
  } catch (error) {
    return {
      findings: [systemFinding(error, `"${label}" could not be read`, { path: outdir, label })],
      drift: [],
      unchanged: 0,
    };
  }
}

function driftOf(outdir: string, label: string, changes: Changes): Drift[] {
  const show = (path: string, after: string | undefined) =>
    unifiedDiff(`${label}/${path}`, textAt(join(outdir, path)), after);
  const due = changes.writes.map((write): Drift => ({
    kind: kindOf(write),
    path: write.path,
    diff: show(write.path, write.content),
  }));
  const stale = changes.removes.map((path): Drift => ({ kind: 'stale', path, diff: show(path, undefined) }));
  return [...due, ...stale].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function kindOf(write: Write): Drift['kind'] {
  if (write.foreign) { return 'foreign'; }
  return write.replaces ? 'changed' : 'missing';
}

function textAt(path: string): string | undefined {
  const { kind } = look(path);
  if (kind === 'link') { return '(a symbolic link)\n'; }
  return kind === 'file' ? readFileSync(path, 'utf8') : undefined;
}
