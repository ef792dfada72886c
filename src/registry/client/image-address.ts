import { LookupError } from './lookup-error';
import { MAX_REPOSITORY, REPOSITORY, TAG } from '../../inventory/grammar';

/**
 * What images without a host belong to, the host that answers for it, and the name under which Docker keeps its
 * credentials.
 */
const DEFAULT = {
  name: 'docker.io',
  alias: 'index.docker.io',
  api: 'registry-1.docker.io',
  credentials: 'https://index.docker.io/v1/',
};

/** Where an image's manifest is. */
export interface ImageAddress {
  /** For people: `team/tool:1.0`. */
  readonly label: string;
  /** For people: the registry. */
  readonly host: string;
  /** Within the registry: `library/debian`. */
  readonly path: string;
  readonly manifest: URL;
  /** As Docker's configuration names the registry. */
  readonly credentials: string;
}

/**
 * Reads an image's name as Docker does: what stands before the first slash is a host when it has a dot, a colon or is
 * `localhost`. Plain HTTP is spoken to this machine alone.
 *
 * @throws LookupError when it is no name of an image with a tag.
 */
export function addressOf(repository: string, tag: string): ImageAddress {
  if (!REPOSITORY.test(repository) || repository.length > MAX_REPOSITORY || !TAG.test(tag)) {
    throw new LookupError(
      `${JSON.stringify(`${repository}:${tag}`.slice(0, 100))} is not the name of an image with a tag.`,
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

/** Whether a URL leads to this machine. */
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
  if (!URL.canParse(text)) { throw new LookupError(`"${host}" is not the address of a registry.`); }
  const manifest = new URL(text);
  return { path, manifest: isLoopback(manifest) ? new URL(text.replace('https:', 'http:')) : manifest };
}
