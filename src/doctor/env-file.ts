import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Examination, Examiner, Result } from './examination';
import { EnvFilePlan } from '../plan/plan';
import { nearest } from '../util/nearest';

const MOST_BYTES = 1024 * 1024;
const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/;
/** What people and examples write where a value belongs. */
const PLACEHOLDER = /^(?:<.*>|\$?\{.*\}|\[.*\]|x{3,}|\.{3,}|\*{3,}|(?:change|replace|fill)[-_ ]?(?:me|this|in).*|to[-_ ]?do\b.*|your[-_ ].*|placeholder|example|secret|password|value|none|null|undefined)$/i;

/** Whether every env file has a value for each key of its example. No value is ever told, nor anything worked out of one. */
export const envFile: Examiner = {
  examine: (examination) => examination.plan.envFiles.flatMap((file) => look(examination, file)),
};

function look({ root, plan }: Examination, file: EnvFilePlan): Result[] {
  const subject = file.file;
  const asked = 'a value for every key, and nobody else who may read it';
  const text = read(join(root, file.file));
  if (text.kind === 'none') {
    const copy = `Copy the example and fill it in: cp ${plan.outdir}/compose/${file.file}.example ${file.file}`;
    return [{ subject, status: 'wrong', found: text.reason, asked, mend: text.missing ? copy : `Make ${file.file} a text file that you may read.` }];
  }
  const values = valuesOf(text.content);
  const wrong = file.keys.flatMap(({ name }) => problemOf(name, values) ?? []);
  const result: Result = wrong.length === 0
    ? { subject, status: 'ok', found: `${file.keys.length === 1 ? 'its key has' : `all ${file.keys.length} keys have`} a value`, asked }
    : { subject, status: 'wrong', found: wrong.join('; '), asked, mend: `Fill in ${file.file}; ${plan.outdir}/compose/${file.file}.example says what each key is.` };
  const open: Result = { subject, status: 'warning', found: 'others on this machine may read it', asked, mend: `Close it: chmod 600 ${file.file}` };
  return text.open ? [result, open] : [result];
}

type Reading =
  | { readonly kind: 'text'; readonly content: string; readonly open: boolean }
  | { readonly kind: 'none'; readonly missing: boolean; readonly reason: string };

function read(path: string): Reading {
  let handle: number;
  try {
    // a named pipe would otherwise wait for a writer for ever
    handle = openSync(path, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: 'none', missing: code === 'ENOENT', reason: code === 'ENOENT' ? 'not there' : `it cannot be read: ${code}` };
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) return { kind: 'none', missing: false, reason: 'it is no file' };
    if (stats.size > MOST_BYTES) return { kind: 'none', missing: false, reason: `it has more than ${MOST_BYTES / 1024 / 1024} MiB` };
    // Windows has no such mode
    const open = process.platform !== 'win32' && stats.mode % 0o100 !== 0;
    return { kind: 'text', content: readFileSync(handle, 'utf8'), open };
  } finally {
    closeSync(handle);
  }
}

/** Of a key that is there twice the last one counts, as for Compose. */
function valuesOf(text: string): Map<string, string> {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return new Map(lines.flatMap((line) => {
    const match = LINE.exec(line);
    return match === null ? [] : [[match[1], unquoted(match[2].trim())] as const];
  }));
}

function unquoted(text: string): string {
  const [, , quoted] = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(text) ?? [];
  return (quoted ?? text.replace(/(?:^|\s+)#.*$/, '')).trim();
}

function problemOf(key: string, values: ReadonlyMap<string, string>): string | undefined {
  const value = values.get(key);
  if (value === undefined) {
    const alike = nearest(key, [...values.keys()]);
    return `${key} is not there${alike === undefined ? '' : `, but ${alike} is`}`;
  }
  if (value === '') return `${key} has no value`;
  return PLACEHOLDER.test(value) ? `${key} still has a placeholder` : undefined;
}
