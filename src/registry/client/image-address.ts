import { LookupError } from './lookup-error';
import { MAX_REPOSITORY, REPOSITORY, TAG } from '../../inventory/grammar';

/**
 * Default registry of images without a host, its API host, and its key in Docker's credentials.
 */
const DEFAULT = {
  name: 'docker.io',
  alias: 'index.docker.io',
  api: 'registry-1.docker.io',
  credentials: 'https://index.docker.io/v1/',
};

/** The location of the manifest of an image. */
export interface ImageAddress {
  /** Image for messages: `team/tool:1.0`. */
  readonly label: string;
  /** Registry for messages. */
  readonly host: string;
  /** Path in the registry: `library/debian`. */
  readonly path: string;
  readonly manifest: URL;
  /** Key of the registry in Docker's configuration. */
  readonly credentials: string;
}

/**
 * Parses an image name like Docker: the part before the first slash is a host if it has a dot or a colon or is
 * `localhost`. Plain HTTP is used for this machine only.
 *
 * @throws LookupError if it is not an image name with a tag
 */
export function addressOf(repository: string, tag: string): ImageAddress {
  if (!REPOSITORY.test(repository) || repository.length > MAX_REPOSITORY || !TAG.test(tag)) {
    throw new LookupError(
      `${JSON.stringify(`${repository}:${tag}`.slice(0, 100))} is not an image name with a tag.`,
    );
  }
  const { host, path } = split(repository);
  const isDefault = host === DEFAULT.name || host === DEFAULT.alias;
  const url = manifestUrl(
    isDefault ? DEFAULT.api : host,
    isDefault && !path.includes('/') ? `library/${path}` : path,
    tag,
  );
  return {
    label: `${repository}:${tag}`,
    host,
    path: url.path,
    manifest: url.manifest,
    credentials: isDefault ? DEFAULT.credentials : host,
  };
}

/** Returns whether a URL refers to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function split(repository: string): { host: string; path: string } {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(0, slash));
  return /[.:]|^localhost$/.test(first)
    ? { host: first, path: repository.slice(slash + 1) }
    : { host: DEFAULT.name, path: repository };
}

function manifestUrl(host: string, path: string, tag: string): { path: string; manifest: URL } {
  const text = `https://${host}/v2/${path}/manifests/${tag}`;
  if (!URL.canParse(text)) { throw new LookupError(`"${host}" is not a valid registry address.`); }
  const manifest = new URL(text);
  return { path, manifest: isLoopback(manifest) ? new URL(text.replace('https:', 'http:')) : manifest };
}
