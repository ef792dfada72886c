import { LookupError, TemporaryError } from './client/lookup-error';
import { Found } from './client/manifest';
import { RegistryClient } from './client/registry-client';
import { ImagePin, labelOf } from './read-pins';
import { Finding } from '../model/finding';
import { pinFinding } from '../rules/reported/pins';

/** The result of looking up a pin. */
export type LookedUp =
  | { readonly pin: ImagePin; readonly found: Found; readonly problem?: undefined }
  /** Whether a retry may help. */
  | { readonly pin: ImagePin; readonly found?: undefined; readonly problem: Finding; readonly passing: boolean };

/** Concurrent lookups. More would hit rate limits. */
const AT_ONCE = 6;

/** Looks up the digests of pins concurrently. Results are in the order of the pins. */
export async function lookUpPins(pins: readonly ImagePin[]): Promise<LookedUp[]> {
  const client = new RegistryClient();
  const results: LookedUp[] = [];
  const waiting = pins.entries();
  const work = async () => {
    // all workers share one iterator
    for (const [index, pin] of waiting) { results[index] = await lookUp(client, pin); }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

async function lookUp(client: RegistryClient, pin: ImagePin): Promise<LookedUp> {
  const { repository, tag, digest } = pin.artifact;
  if (tag === undefined) {
    return {
      pin,
      problem: pinFinding('pin-lookup', `${labelOf(pin)} has no tag.`, { location: pin.location }),
      passing: false,
    };
  }
  try {
    return { pin, found: await client.lookUp(repository, tag, digest) };
  } catch (error) {
    if (!(error instanceof LookupError)) { throw error; }
    return {
      pin,
      problem: pinFinding('pin-lookup', error.message, { location: pin.location }),
      passing: error instanceof TemporaryError,
    };
  }
}
