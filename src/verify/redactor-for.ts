import { knownSecrets } from './redaction/known-secrets';
import { machinePlaces } from './redaction/machine-places';
import { Redactor } from './redaction/redactor';
import { TOKEN_SHAPES } from './redaction/token-shapes';
import { Failure } from '../model/failure';
import { Plan } from '../plan/plan';
import { statusFinding } from '../rules/reported/status';

/**
 * Creates the redactor of records: known secrets, token-like strings, and local folders.
 */
export function redactorFor(root: string, plan: Plan): Redactor | Failure {
  try {
    return new Redactor([...knownSecrets(root, plan, process.env), ...TOKEN_SHAPES, ...machinePlaces(root)]);
  } catch (error) {
    return new Failure(
      statusFinding(
        'verify-secrets',
        `An env file cannot be redacted from records: ${(error as Error).message}.`,
      ),
    );
  }
}
