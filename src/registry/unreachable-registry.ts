import { Patience, send } from './client/http';
import { addressOf } from './client/image-address';
import { LookupError } from './client/lookup-error';
import { PinPlan } from '../plan/plan';

/** One short attempt: a person waits, and whoever looks up a digest tries again by itself. */
const ONCE: Patience = { timeout: 5_000, attempts: 1, pause: () => Promise.resolve() };
const MOST_BYTES = 64 * 1024;

/** Asks the registries of pinned images for an answer; returns why the first one gives none, or undefined if all do. */
export async function unreachableRegistry(pins: readonly PinPlan[]): Promise<string | undefined> {
  const problems = await Promise.all([...rootsOf(pins)].map(([host, url]) => problemAt(host, new URL(url))));
  return problems.find((problem) => problem !== undefined);
}

/** Where the API of each registry begins, by the registry's name. */
function rootsOf(pins: readonly PinPlan[]): Map<string, string> {
  return new Map(pins.flatMap(({ artifact }): [string, string][] => {
    const address = artifact.kind === 'image' ? addressOrNothing(artifact.repository, artifact.tag) : undefined;
    return address === undefined ? [] : [[address.host, new URL('/v2/', address.manifest).href]];
  }));
}

/** A name that is none has no registry; the lookup itself says so. */
function addressOrNothing(repository: string, tag = 'latest'): ReturnType<typeof addressOf> | undefined {
  try {
    return addressOf(repository, tag);
  } catch (error) {
    if (error instanceof LookupError) { return undefined; }
    throw error;
  }
}

/** Any answer will do, also one that wants credentials. */
async function problemAt(host: string, url: URL): Promise<string | undefined> {
  try {
    const { status } = await send({ method: 'GET', url, headers: {}, most: MOST_BYTES }, ONCE);
    return status >= 500 ? `the registry ${host} is in trouble (${status})` : undefined;
  } catch (error) {
    if (error instanceof LookupError) { return `no registry answers: ${error.message.replace(/\.$/, '')}`; }
    throw error;
  }
}
