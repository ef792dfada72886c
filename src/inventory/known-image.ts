import { findImageFacts, ImageFactsEntry } from './image-facts';
import { aText, expectFields, optional } from '../model/fields';
import { User } from '../model/user';

/**
 * Facts of a public image, from the list in `facts/images.yaml`. Rules use them by themselves; a model takes over what
 * it wants to state.
 *
 * @example
 * const postgres = KnownImage.find('postgres', '17.5');
 * new Service(toolbox, 'db', {
 *   image: Image.fromRegistry('postgres', { tag: '17.5' }),
 *   user: postgres?.runsAs,
 * });
 */
export class KnownImage {
  /**
   * Returns the facts of an image; undefined if it is not listed.
   *
   * @param repository without tag and digest: `postgres`, `docker.io/library/postgres`
   * @param tag variants of an image differ, such as `alpine`
   * @default tag - the variant without such a word
   */
  public static find(repository: string, tag?: string): KnownImage | undefined {
    expectFields('KnownImage.find', { repository, tag }, { repository: aText, tag: optional(aText) });
    const entry = findImageFacts(repository, tag);
    return entry && new KnownImage(entry);
  }

  /** The user that the image sets; undefined if it or its group is unknown. */
  public readonly user?: User;
  /** The user that its entry point changes to when it starts as root; undefined if it stays, or if that is unknown. */
  public readonly runsAs?: User;
  /** Capabilities that its entry point uses when it starts as root. */
  public readonly startCapabilities: string[];
  /** Capabilities that it requires as any user. */
  public readonly capabilities: string[];
  /** Folders that it writes at run time, beside its volumes. */
  public readonly writablePaths: string[];
  /** Folders whose data must be kept. */
  public readonly volumes: string[];
  /** Ports that it listens on by default: `5432/tcp`. */
  public readonly ports: string[];
  /** Programs of the image that a health check may call. */
  public readonly healthTools: string[];
  /** The file that the facts were read in. */
  public readonly source: string;
  /** The version that was looked at. */
  public readonly version: string;

  private constructor(entry: ImageFactsEntry) {
    this.user = userOf(entry.user);
    this.runsAs = userOf(entry.runsAs);
    this.startCapabilities = [...entry.startCapabilities ?? []];
    this.capabilities = [...entry.capabilities ?? []];
    this.writablePaths = [...entry.writablePaths ?? []];
    this.volumes = [...entry.volumes ?? []];
    this.ports = [...entry.ports ?? []];
    this.healthTools = [...entry.healthTools ?? []];
    this.source = entry.source;
    this.version = entry.version;
  }
}

function userOf(text = ''): User | undefined {
  const [uid, gid] = text.split(':');
  return gid === undefined ? undefined : User.of(Number(uid), Number(gid));
}
