import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { EnvFilePlan } from '../../plan/plan';
import { nearest } from '../../util/nearest';
import { Examination, Examiner, Result } from '../examination';
import { readEnvFile } from '../machine/env-text';

/** Common placeholders. */
const PLACEHOLDERS = [
  /^(?:<.*>|\$?\{.*\}|\[.*\]|x{3,}|\.{3,}|\*{3,})$/i,
  /^(?:(?:change|replace|fill)[-_ ]?(?:me|this|in).*|to[-_ ]?do\b.*|your[-_ ].*)$/i,
  /^(?:placeholder|example|secret|password|value|none|null|undefined)$/i,
];

/** Checks that env files have a value for each key and are private. Never prints anything about a value. */
export const envFile: Examiner = {
  examine: (examination) => {
    const { envFiles, secretFiles = [] } = examination.props.plan;
    return [
      ...envFiles.flatMap((file) => look(examination, file)),
      ...secretFiles.map(({ file }) => lookAtSecret(examination, file)),
    ];
  },
};

/**
 * A file that is a secret as a whole. A service reads it as another user, so its permissions are those of the model.
 */
function lookAtSecret({ props: { root } }: Examination, file: string): Result {
  const facts = { subject: file, expected: 'a secret' };
  const fix = `Write the secret into ${file}.`;
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ...facts, status: 'failure', found: code === 'ENOENT' ? 'missing' : `it cannot be read: ${code}`, fix };
  }
  if (text === '' || PLACEHOLDERS.some((pattern) => pattern.test(text))) {
    return { ...facts, status: 'failure', found: text === '' ? 'it is empty' : 'it still has a placeholder', fix };
  }
  return { ...facts, status: 'ok', found: 'it has a value' };
}

function look({ props: { root, plan } }: Examination, { file, keys }: EnvFilePlan): Result[] {
  const facts = { subject: file, expected: 'a value for every key, readable only by you' };
  const example = `${plan.outdir}/compose/${file}.example`;
  const text = readEnvFile(join(root, file));
  if (text.kind === 'none') {
    const folder = file.includes('/') ? `mkdir -p ${posix.dirname(file)} && ` : '';
    const fix = text.missing
      ? `Copy the example, then fill it in: ${folder}install -m 600 ${example} ${file}`
      : `Make ${file} a readable text file.`;
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
        fix: `Fill in ${file}; ${example} describes the keys.`,
      };
  return text.open
    ? [
      result,
      {
        ...facts,
        status: 'warning',
        found: 'it is readable by other users',
        fix: `Run: chmod 600 ${file}`,
      },
    ]
    : [result];
}

function problemOf(key: string, values: ReadonlyMap<string, string>): string | undefined {
  const value = values.get(key);
  if (value === undefined) {
    const alike = nearest(key, [...values.keys()]);
    return `${key} is missing${alike === undefined ? '' : `, but ${alike} is`}`;
  }
  if (value === '') {
    return `${key} has no value`;
  }
  return PLACEHOLDERS.some((pattern) => pattern.test(value)) ? `${key} still has a placeholder` : undefined;
}
