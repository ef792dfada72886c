import { contentText } from './file-content';
import { canonicalDigest } from './fingerprint/parts';
import { DirectoryPlan, EndpointPlan, FilePlan, Plan, ServicePlan } from './plan';
import { provenanceSentence } from './provenance';

/** A configuration file as a service reads it. */
export interface ConfigFileText {
  /** Path in the container. */
  readonly path: string;
  readonly file: FilePlan;
  readonly writable?: true;
  /** Undefined for a file that is no text, that was not read, or that names an endpoint with nothing behind it. */
  readonly text?: string;
}

/**
 * Returns the configuration files that a service mounts, in the order of its mounts.
 *
 * @param addressOf the address of an endpoint on the target; undefined if nothing is behind it.
 */
export function configFilesOf(
  plan: Pick<Plan, 'source'>,
  service: Pick<ServicePlan, 'mounts'>,
  addressOf: (endpoint: EndpointPlan) => string | undefined,
): ConfigFileText[] {
  return service.mounts.flatMap((mount) =>
    mount.kind === 'file'
      ? [{ path: mount.path, file: mount.file, writable: mount.writable, text: textOf(plan, mount.file, addressOf) }]
      : [],
  );
}

/**
 * Digest of what a service reads from its configuration files. A target writes it into the service: an engine or a
 * cluster sees no change in a mounted file and would keep a container that works by the old one.
 */
export function configDigest(files: readonly ConfigFileText[], directories: readonly DirectoryPlan[] = []): string {
  return canonicalDigest([
    ...files.flatMap(({ file: { name, source }, text }) => {
      const content = text ?? source?.digest;
      return content === undefined ? [] : [[name, content]];
    }),
    ...directories.flatMap(({ name, digest }) => (digest === undefined ? [] : [[`${name}/`, digest]])),
  ]);
}

function textOf(
  plan: Pick<Plan, 'source'>,
  { content, source }: FilePlan,
  addressOf: (endpoint: EndpointPlan) => string | undefined,
): string | undefined {
  return content.length === 0 && source !== undefined ? undefined : contentText(content, (piece) => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'endpoint':
        return addressOf(piece.endpoint);
      case 'provenance':
        return provenanceSentence(plan);
    }
  });
}
