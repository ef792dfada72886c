import { lazy } from '../../util/lazy';
import type { Validator } from '../../util/schema-problems';

type Name = 'validateApproval' | 'validateEvidence' | 'validateLinterSuppressions' | 'validateVersions';

/** Loads the compiled schemas when the first inventory is read. */
export const validators = lazy(() => require('./validators') as Readonly<Record<Name, Validator>>);
