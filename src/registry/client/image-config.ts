import { createHash } from 'node:crypto';
import { DIGEST } from '../../inventory/grammar';
import { RecordedHealthCheck, RecordedImageFacts } from '../../model/pin';

/** Facts that an inventory could not take are left out: everything here comes from outside. */
const USER = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?)?$/;
const PORT = /^[1-9][0-9]{0,4}\/(tcp|udp)$/;
const VOLUME = /^\/[!-~]{0,254}$/;
const TEST_WORD = /^[ -~]{0,1000}$/;
const MOST_ITEMS = 64;
const MOST_WORDS = 32;
const NANOSECONDS = 1_000_000_000;
const LONGEST = 2_592_000;

type Tree = Record<string, unknown>;

/** Returns the digest of the manifest for Linux in an index, that for amd64 first; undefined if there is none. */
export function linuxManifest(index: Buffer): string | undefined {
  const manifests = listOf(treeIn(index).manifests).map(treeOf);
  const ofLinux = manifests.filter(({ platform }) => treeOf(platform).os === 'linux');
  const best = ofLinux.find(({ platform }) => treeOf(platform).architecture === 'amd64') ?? ofLinux.at(0);
  return digestIn(best?.digest);
}

/** Returns the digest of the configuration that a manifest of one platform names. */
export function configDigest(manifest: Buffer): string | undefined {
  return digestIn(treeOf(treeIn(manifest).config).digest);
}

export function hasDigest(body: Buffer, digest: string): boolean {
  return `sha256:${createHash('sha256').update(body).digest('hex')}` === digest;
}

/** Reads the facts in the configuration of an image; undefined if it is none. */
export function factsIn(body: Buffer): RecordedImageFacts | undefined {
  const { config } = treeIn(body);
  if (typeof config !== 'object' || config === null) {
    return undefined;
  }
  const { User = '', ExposedPorts, Volumes, Healthcheck } = config as Tree;
  return {
    user: typeof User === 'string' && USER.test(User) ? User : undefined,
    ports: keysOf(ExposedPorts, PORT),
    volumes: keysOf(Volumes, VOLUME),
    healthCheck:
      Healthcheck === undefined || Healthcheck === null ? { test: ['NONE'] } : healthCheckOf(treeOf(Healthcheck)),
  };
}

function healthCheckOf({ Test, Interval, Timeout, StartPeriod, Retries }: Tree): RecordedHealthCheck | undefined {
  const test = listOf(Test);
  const isKnown =
    test.length > 0 && test.length <= MOST_WORDS && ['CMD', 'CMD-SHELL', 'NONE'].includes(String(test[0]));
  if (!isKnown || !test.every((word) => typeof word === 'string' && TEST_WORD.test(word))) {
    return undefined;
  }
  return {
    test: test as string[],
    interval: secondsOf(Interval),
    timeout: secondsOf(Timeout),
    startPeriod: secondsOf(StartPeriod),
    retries: Number.isInteger(Retries) && Number(Retries) > 0 && Number(Retries) <= 500 ? Number(Retries) : undefined,
  };
}

function secondsOf(nanoseconds: unknown): number | undefined {
  const seconds = typeof nanoseconds === 'number' ? Math.ceil(nanoseconds / NANOSECONDS) : 0;
  return seconds > 0 && seconds <= LONGEST ? seconds : undefined;
}

function keysOf(map: unknown, grammar: RegExp): string[] | undefined {
  const keys = Object.keys(treeOf(map)).filter((key) => grammar.test(key)).sort();
  return keys.length === 0 ? undefined : keys.slice(0, MOST_ITEMS);
}

function digestIn(value: unknown): string | undefined {
  return typeof value === 'string' && DIGEST.test(value) ? value : undefined;
}

function treeIn(body: Buffer): Tree {
  try {
    return treeOf(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

function treeOf(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? value as Tree : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
