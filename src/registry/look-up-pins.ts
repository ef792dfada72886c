import { LookupError, TemporaryError } from './client/lookup-error';
import { Found } from './client/manifest';
import { RegistryClient } from './client/registry-client';
import { ImagePin, labelOf } from './read-pins';
import { Finding } from '../model/finding';
import { RecordedImageFacts } from '../model/pin';
import { pinFinding } from '../rules/reported/pins';

/** The result of looking up a pin. */
export type LookedUp =
  | {
    readonly pin: ImagePin;
    readonly found: Found;
    /** Undefined if they were not asked for, or if the image states nothing usable. */
    readonly facts?: RecordedImageFacts;
    readonly problem?: undefined;
  }
  /** Whether a retry may help. */
  | { readonly pin: ImagePin; readonly found?: undefined; readonly problem: Finding; readonly passing: boolean };

/** Concurrent lookups. More would hit rate limits. */
const AT_ONCE = 6;

/**
 * Looks up the digests of pins concurrently. Results are in the order of the pins.
 *
 * @param withFacts also reads what each image states about itself, unless that is recorded for its digest
 */
export async function lookUpPins(pins: readonly ImagePin[], withFacts = false): Promise<LookedUp[]> {
  const client = new RegistryClient();
  const results: LookedUp[] = [];
  const waiting = pins.entries();
  const work = async () => {
    // all workers share one iterator
    for (const [index, pin] of waiting) { results[index] = await lookUp(client, pin, withFacts); }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

async function lookUp(client: RegistryClient, pin: ImagePin, withFacts: boolean): Promise<LookedUp> {
  const { repository, tag, digest, facts: recorded } = pin.artifact;
  if (tag === undefined) {
    return {
      pin,
      problem: pinFinding('pin-lookup', `${labelOf(pin)} has no tag.`, { location: pin.location }),
      passing: false,
    };
  }
  try {
    const found = await client.lookUp(repository, tag, digest);
    const isRecorded = recorded !== undefined && found.digest === digest;
    return withFacts && !isRecorded
      ? { pin, found, facts: await client.factsOf(repository, tag, found) }
      : { pin, found };
  } catch (error) {
    if (!(error instanceof LookupError)) { throw error; }
    return {
      pin,
      problem: pinFinding('pin-lookup', error.message, { location: pin.location }),
      passing: error instanceof TemporaryError,
    };
  }
}
