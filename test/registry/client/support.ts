import { Credentials } from '../../../src/registry/client/credentials';
import { Patience } from '../../../src/registry/client/http';
import { LookupError } from '../../../src/registry/client/lookup-error';
import { RegistryClient } from '../../../src/registry/client/registry-client';

/** A client that does not wait, and remembers how long it would have. */
export function aClient(
  credentials: Credentials = { kind: 'none' },
  timeout = 2_000,
): { client: RegistryClient; pauses: number[] } {
  const pauses: number[] = [];
  const patience: Patience = {
    timeout,
    attempts: 4,
    pause: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
  };
  return { client: new RegistryClient({ credentialsOf: () => Promise.resolve(credentials) }, patience), pauses };
}

/** The sentence with which a look-up fails. */
export async function failureOf(lookingUp: Promise<unknown>): Promise<string> {
  const error = await lookingUp.then(() => new Error('It did not fail.'), (thrown: unknown) => thrown as Error);
  if (!(error instanceof LookupError)) { throw error; }
  return error.message;
}
