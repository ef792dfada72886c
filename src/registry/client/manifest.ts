import { createHash } from 'node:crypto';
import { Answer } from './http';
import { ImageAddress } from './image-address';
import { LookupError } from './lookup-error';
import { DIGEST } from '../../inventory/grammar';

/** What a tag stands for, by media type: one image for several platforms, or for one alone. */
const KINDS: Readonly<Record<string, 'index' | 'manifest'>> = {
  'application/vnd.oci.image.index.v1+json': 'index',
  'application/vnd.docker.distribution.manifest.list.v2+json': 'index',
  'application/vnd.oci.image.manifest.v1+json': 'manifest',
  'application/vnd.docker.distribution.manifest.v2+json': 'manifest',
};

export const ACCEPT = Object.keys(KINDS).join(', ');

/** Registries take no larger ones. */
export const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;

/** What a registry has under a tag. */
export interface Found {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Whether the digest holds for every platform, or the image has only one. */
  readonly kind: 'index' | 'manifest';
}

/** What the headers alone claim; undefined when they claim nothing that can be used. */
export function claimOf({ status, headers }: Answer): Found | undefined {
  const digest = headers.get('docker-content-digest') ?? '';
  const kind = kindOf(headers);
  return status === 200 && DIGEST.test(digest) && kind !== undefined ? { digest, kind } : undefined;
}

/**
 * What a registry answered, believed only when the digest is that of the bytes and the bytes are a manifest.
 *
 * @throws LookupError otherwise.
 */
export function readManifest({ headers, body }: Answer, { host, label }: ImageAddress): Found {
  const kind = kindOf(headers);
  if (kind === undefined || !isManifest(body, kind)) {
    throw new LookupError(`${host} answers for ${label} with something that is no image manifest.`);
  }
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  // the header may be missing
  if ((headers.get('docker-content-digest') ?? digest) !== digest) {
    throw new LookupError(`${host} names a digest for ${label} that is not that of the manifest it sends.`);
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
