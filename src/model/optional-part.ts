import { Construct } from 'constructs';
import { aText, optional, placed } from './private/fields';
import { isKind, markKind } from './private/kind';
import { recordSource } from './private/source-location';

/** Properties of an optional part. */
export interface OptionalPartProps {
  /** What it adds, in one sentence. */
  readonly description: string;
  /**
   * Name of the part.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** Services that are only there when asked for: a profile in Compose. */
export class OptionalPart extends Construct {
  /** Whether a value is an optional part, of this or of another copy of the library. */
  public static isOptionalPart(value: any): boolean {
    return isKind(value, 'OptionalPart');
  }

  /** Name of the part. */
  public readonly name: string;
  /** What it adds. */
  public readonly description: string;

  constructor(scope: Construct, id: string, props: OptionalPartProps) {
    super(...placed<OptionalPartProps>('OptionalPart', scope, id, props, { description: aText, name: optional(aText) }));
    recordSource(this);
    this.name = props.name ?? id;
    this.description = props.description;
  }
}

markKind(OptionalPart, 'OptionalPart');
