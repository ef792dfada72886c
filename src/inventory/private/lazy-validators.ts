import type { Validator } from '../../util/schema-problems';

type Name = 'validateApproval' | 'validateEvidence' | 'validateExceptions' | 'validateVersions';

/** Loads the compiled schemas, when the first inventory is read. */
export function validators(): Readonly<Record<Name, Validator>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./validators') as Readonly<Record<Name, Validator>>;
}
