import { Construct } from 'constructs';
import { defaultName } from './default-name';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { PROFILE_PROPS } from './structs';

/** Properties of an profile. */
export interface ProfileProps {
  /** The services or features that it adds, in one sentence. */
  readonly description: string;
  /**
   * Name of the part.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** Services that are only there when asked for: a profile in Compose. */
export class Profile extends Construct {
  /** Whether a value is an profile, of this or of another copy of the library. */
  public static isOptionalPart(value: any): boolean {
    return isKind(value, 'Profile');
  }

  /** Name of the part. */
  public readonly name: string;
  /** The services or features that it adds. */
  public readonly description: string;

  constructor(scope: Construct, id: string, props: ProfileProps) {
    super(...placed('Profile', scope, id, props, PROFILE_PROPS));
    recordSource(this);
    this.name = props.name ?? defaultName(this, id);
    this.description = props.description;
  }
}

markKind(Profile, 'Profile');
