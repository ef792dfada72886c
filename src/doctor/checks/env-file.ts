import { join } from 'node:path';
import { EnvFilePlan } from '../../plan/plan';
import { nearest } from '../../util/nearest';
import { Examination, Examiner, Result } from '../examination';
import { readEnvFile } from '../machine/env-text';

/** What people and examples write where a value belongs. */
const PLACEHOLDERS = [
  /^(?:<.*>|\$?\{.*\}|\[.*\]|x{3,}|\.{3,}|\*{3,})$/i,
  /^(?:(?:change|replace|fill)[-_ ]?(?:me|this|in).*|to[-_ ]?do\b.*|your[-_ ].*)$/i,
  /^(?:placeholder|example|secret|password|value|none|null|undefined)$/i,
];

/** Whether every env file has a value for each key, and is closed to others. Nothing about a value is printed. */
export const envFile: Examiner = {
  examine: (examination) => examination.props.plan.envFiles.flatMap((file) => look(examination, file)),
};

function look({ props: { root, plan } }: Examination, { file, keys }: EnvFilePlan): Result[] {
  const facts = { subject: file, expected: 'a value for every key, and no one else who may read it' };
  const example = `${plan.outdir}/compose/${file}.example`;
  const text = readEnvFile(join(root, file));
  if (text.kind === 'none') {
    const fix = text.missing
      ? `Copy the example, then fill it in: install -m 600 ${example} ${file}`
      : `Make ${file} a text file that you may read.`;
    return [{ ...facts, status: 'failure', found: text.reason, fix }];
  }
  const wrong = keys.flatMap(({ name }) => problemOf(name, text.values) ?? []);
  const result: Result =
    wrong.length === 0
      ? {
        ...facts,
        status: 'ok',
        found: `${keys.length === 1 ? 'its key has' : `all ${keys.length} keys have`} a value`,
      }
      : {
        ...facts,
        status: 'failure',
        found: wrong.join('; '),
        fix: `Fill in ${file}; ${example} says what each key is.`,
      };
  return text.open
    ? [
      result,
      {
        ...facts,
        status: 'warning',
        found: 'others on this machine may read it',
        fix: `Close it: chmod 600 ${file}`,
      },
    ]
    : [result];
}

function problemOf(key: string, values: ReadonlyMap<string, string>): string | undefined {
  const value = values.get(key);
  if (value === undefined) {
    const alike = nearest(key, [...values.keys()]);
    return `${key} is not there${alike === undefined ? '' : `, but ${alike} is`}`;
  }
  if (value === '') {
    return `${key} has no value`;
  }
  return PLACEHOLDERS.some((pattern) => pattern.test(value)) ? `${key} still has a placeholder` : undefined;
}
