import { aText, expectFields } from './fields';
import { markKind } from './kind';
import { BUILT_IMAGE_OPTIONS, IMAGE_FACTS, REGISTRY_IMAGE_OPTIONS } from './structs';
import { User } from './user';

/** Facts about an image, which no target can look into. */
export interface ImageFacts {
  /**
   * The user that the image sets. Both targets state it.
   *
   * @default - root if there is a `rootReason`; else unknown: the image decides, a finding of the rule image-user
   */
  readonly user?: User;
  /**
   * Why the program must run as root.
   *
   * @default - it need not
   */
  readonly rootReason?: string;
  /**
   * Folders the program writes to that are not mounts; they become scratch space.
   *
   * @default - none
   */
  readonly writablePaths?: string[];
  /**
   * Programs in the image that a health check may call, for example `curl`.
   *
   * @default - none
   */
  readonly healthTools?: string[];
  /**
   * Whether it fetches something from the internet when it starts.
   *
   * @default false
   */
  readonly downloadsAtStart?: boolean;
}

/** Options of an image that a registry has. */
export interface RegistryImageOptions extends ImageFacts {
  /**
   * The tag, which is to name one release: `0.12.3`.
   *
   * @default - none: a finding of the rule image-tag
   */
  readonly tag?: string;
  /**
   * `sha256:` and 64 hexadecimal digits.
   *
   * @default - none: a finding of the rule image-digest
   */
  readonly digest?: string;
}

/** Options of an image that is built from a folder of the project. */
export interface BuiltImageOptions extends ImageFacts {
  /** Name given to the built image, without tag: `shop/web`. */
  readonly repository: string;
  /** Tag given to the built image, best the version of what is inside. */
  readonly tag: string;
  /**
   * The Dockerfile, relative to the context.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;
  /**
   * Build arguments. They are written down in clear.
   *
   * @default - none
   */
  readonly args?: Record<string, string>;
  /**
   * Base images: name of the build argument that takes the reference, and the component of the inventory that pins it.
   *
   * @default - whatever the Dockerfile says
   */
  readonly baseImages?: Record<string, string>;
}

/** @internal */
export type ImageSpec =
  | { readonly kind: 'registry'; readonly repository: string; readonly tag?: string; readonly digest?: string }
  | {
    readonly kind: 'build';
    readonly context: string;
    readonly repository: string;
    readonly tag: string;
    readonly dockerfile: string;
    readonly args: Record<string, string>;
    readonly baseImages: Record<string, string>;
  }
  | { readonly kind: 'pin'; readonly component: string };

/** Where a service's program comes from. */
export class Image {
  /**
   * An image of a registry.
   *
   * @param repository without tag and digest: `library/postgres`
   */
  public static fromRegistry(repository: string, options: RegistryImageOptions = {}): Image {
    expectFields('Image.fromRegistry', { repository }, { repository: aText });
    expectFields('Image.fromRegistry', options, REGISTRY_IMAGE_OPTIONS);
    return new Image({ kind: 'registry', repository, tag: options.tag, digest: options.digest }, options);
  }

  /**
   * The image an inventory pins.
   *
   * @param component id of the component in the inventory
   */
  public static fromPin(component: string, facts: ImageFacts = {}): Image {
    expectFields('Image.fromPin', { component }, { component: aText });
    expectFields('Image.fromPin', facts, IMAGE_FACTS);
    return new Image({ kind: 'pin', component }, facts);
  }

  /**
   * An image built from a folder of the project.
   *
   * @param context the folder, relative to the project's folder
   */
  public static fromBuild(context: string, options: BuiltImageOptions): Image {
    expectFields('Image.fromBuild', { context }, { context: aText });
    expectFields('Image.fromBuild', options, BUILT_IMAGE_OPTIONS);
    const { repository, tag } = options;
    const { dockerfile = 'Dockerfile', args = {}, baseImages = {} } = options;
    return new Image(
      { kind: 'build', context, repository, tag, dockerfile, args: { ...args }, baseImages: { ...baseImages } },
      options,
    );
  }

  /** @internal */
  public readonly _spec: ImageSpec;

  /** @internal */
  public readonly _facts: ImageFacts;

  private constructor(spec: ImageSpec, facts: ImageFacts) {
    this._spec = spec;
    this._facts = facts;
  }
}

markKind(Image, 'Image');
