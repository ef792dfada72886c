import { Construct, IConstruct } from 'constructs';
import { isKind, markKind } from './private/kind';
import { recordSource } from './private/source-location';

/** What a person wrote down after seeing a check pass. */
export interface HandRecord {
  /** Who saw it. */
  readonly by: string;
  /** What was seen. */
  readonly note: string;
}

/** Properties of a check. */
export interface CheckProps {
  /** What is shown, in a few words. */
  readonly title: string;
  /** The command a person or CI runs. */
  readonly command: string;
  /** What must be seen. */
  readonly expectation: string;
  /** Services and host services whose change makes the check stale. */
  readonly covers: IConstruct[];
  /**
   * Whether the architecture is only approved with it.
   *
   * @default true
   */
  readonly required?: boolean;
  /**
   * Seen by a person, without a recorded run; shown as such.
   *
   * @default - not seen
   */
  readonly byHand?: HandRecord;
}

/** A step that shows that the toolbox does what the model says. */
export class Check extends Construct {
  public static isCheck(value: any): boolean {
    return isKind(value, 'Check');
  }

  /** @internal */
  public readonly _props: CheckProps;

  constructor(scope: Construct, id: string, props: CheckProps) {
    super(scope, id);
    recordSource(this);
    this._props = { ...props, covers: [...props.covers] };
  }
}

markKind(Check, 'Check');
