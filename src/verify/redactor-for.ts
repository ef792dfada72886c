import { knownSecrets } from './redaction/known-secrets';
import { machinePlaces } from './redaction/machine-places';
import { Redactor } from './redaction/redactor';
import { TOKEN_SHAPES } from './redaction/token-shapes';
import { Failure } from '../model/failure';
import { Plan } from '../plan/plan';
import { statusFinding } from '../rules/reported/status';

/**
 * Takes out what no record may hold: secrets that this machine knows, what looks like one, and folders of this machine.
 */
export function redactorFor(root: string, plan: Plan): Redactor | Failure {
  try {
    return new Redactor([...knownSecrets(root, plan, process.env), ...TOKEN_SHAPES, ...machinePlaces(root)]);
  } catch (error) {
    return new Failure(
      statusFinding(
        'verify-secrets',
        `An env file is there, but ${(error as Error).message}, so its values could not be kept out of the records.`,
      ),
    );
  }
}
