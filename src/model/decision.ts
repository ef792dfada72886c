import { Construct } from 'constructs';
import { isKind, markKind } from './private/kind';
import { recordSource } from './private/source-location';

/** Properties of a decision. */
export interface DecisionProps {
  /** The question, in a few words. */
  readonly title: string;
  /** What was chosen. */
  readonly choice: string;
  /** What else was looked at. */
  readonly alternatives: string[];
  /** Why. */
  readonly reasons: string[];
}

/** A choice with its reasons, for the status page. */
export class Decision extends Construct {
  public static isDecision(value: any): boolean {
    return isKind(value, 'Decision');
  }

  /** @internal */
  public readonly _props: DecisionProps;

  constructor(scope: Construct, id: string, props: DecisionProps) {
    super(scope, id);
    recordSource(this);
    this._props = { ...props, alternatives: [...props.alternatives], reasons: [...props.reasons] };
  }
}

markKind(Decision, 'Decision');
