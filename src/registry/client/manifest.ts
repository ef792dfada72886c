import { createHash } from 'node:crypto';
import { Answer } from './http';
import { ImageAddress } from './image-address';
import { LookupError } from './lookup-error';
import { DIGEST } from '../../inventory/grammar';

/** Kinds of manifests by media type: multi-platform index or single-platform manifest. */
const KINDS: Readonly<Record<string, 'index' | 'manifest'>> = {
  'application/vnd.oci.image.index.v1+json': 'index',
  'application/vnd.docker.distribution.manifest.list.v2+json': 'index',
  'application/vnd.oci.image.manifest.v1+json': 'manifest',
  'application/vnd.docker.distribution.manifest.v2+json': 'manifest',
};

export const ACCEPT = Object.keys(KINDS).join(', ');

/** Maximum manifest size of registries. */
export const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;

/** The image of a tag. */
export interface Found {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Whether the digest is that of a multi-platform index or a single-platform manifest. */
  readonly kind: 'index' | 'manifest';
}

/** Reads digest and kind from headers; undefined if they are missing or invalid. */
export function claimOf({ status, headers }: Answer): Found | undefined {
  const digest = headers.get('docker-content-digest') ?? '';
  const kind = kindOf(headers);
  return status === 200 && DIGEST.test(digest) && kind !== undefined ? { digest, kind } : undefined;
}

/**
 * Reads and verifies an answer: the digest must match the bytes, and the bytes must be a manifest.
 *
 * @throws LookupError otherwise
 */
export function readManifest({ headers, body }: Answer, { host, label }: ImageAddress): Found {
  const kind = kindOf(headers);
  if (kind === undefined || !isManifest(body, kind)) {
    throw new LookupError(`${host} sent something other than an image manifest for ${label}.`);
  }
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  // the header is optional
  if ((headers.get('docker-content-digest') ?? digest) !== digest) {
    throw new LookupError(`${host} sent a digest for ${label} that does not match its manifest.`);
  }
  return { digest, kind };
}

function kindOf(headers: Headers): Found['kind'] | undefined {
  const type = headers.get('content-type')?.split(';', 1)[0].trim().toLowerCase() ?? '';
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

function isManifest(body: Buffer, kind: Found['kind']): boolean {
  const { schemaVersion, mediaType, manifests, config, layers } = objectIn(body);
  const isSame =
    mediaType === undefined ||
    (typeof mediaType === 'string' && Object.hasOwn(KINDS, mediaType) && KINDS[mediaType] === kind);
  const hasParts =
    kind === 'index'
      ? Array.isArray(manifests) && layers === undefined
      : typeof config === 'object' && Array.isArray(layers) && manifests === undefined;
  return schemaVersion === 2 && isSame && hasParts;
}

function objectIn(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}
