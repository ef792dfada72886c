import { Patience, send } from './client/http';
import { addressOf } from './client/image-address';
import { LookupError } from './client/lookup-error';
import { PinPlan } from '../plan/plan';

/** A single short attempt, since lookups retry by themselves. */
const ONCE: Patience = { timeout: 5_000, attempts: 1, pause: () => Promise.resolve() };
const MOST_BYTES = 64 * 1024;

/** Checks the registries of pinned images. Returns the first problem, or undefined. */
export async function unreachableRegistry(pins: readonly PinPlan[]): Promise<string | undefined> {
  const problems = await Promise.all([...rootsOf(pins)].map(([host, url]) => problemAt(host, new URL(url))));
  return problems.find((problem) => problem !== undefined);
}

/** Returns API URLs by registry name. */
function rootsOf(pins: readonly PinPlan[]): Map<string, string> {
  return new Map(pins.flatMap(({ artifact }): [string, string][] => {
    const address = artifact.kind === 'image' ? addressOrNothing(artifact.repository, artifact.tag) : undefined;
    return address === undefined ? [] : [[address.host, new URL('/v2/', address.manifest).href]];
  }));
}

/** Returns undefined for an invalid name, which the lookup itself reports. */
function addressOrNothing(repository: string, tag = 'latest'): ReturnType<typeof addressOf> | undefined {
  try {
    return addressOf(repository, tag);
  } catch (error) {
    if (error instanceof LookupError) { return undefined; }
    throw error;
  }
}

/** Accepts any answer, including a request for credentials. */
async function problemAt(host: string, url: URL): Promise<string | undefined> {
  try {
    const { status } = await send({ method: 'GET', url, headers: {}, most: MOST_BYTES }, ONCE);
    return status >= 500 ? `the registry ${host} has a server error (${status})` : undefined;
  } catch (error) {
    if (error instanceof LookupError) { return `a registry does not answer: ${error.message.replace(/\.$/, '')}`; }
    throw error;
  }
}
