import { Construct } from 'constructs';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { DECISION_PROPS } from './structs';

/** Properties of a decision. */
export interface DecisionProps {
  /** The question, in a few words. */
  readonly title: string;
  /** The choice. */
  readonly choice: string;
  /** The alternatives that were considered. */
  readonly alternatives: string[];
  /** Why. */
  readonly reasons: string[];
}

/** A choice with its reasons, for the status page. */
export class Decision extends Construct {
  /** Whether a value is a decision, of this or of another copy of the library. */
  public static isDecision(value: any): boolean {
    return isKind(value, 'Decision');
  }

  /** @internal */
  public readonly _props: DecisionProps;

  constructor(scope: Construct, id: string, props: DecisionProps) {
    super(...placed('Decision', scope, id, props, DECISION_PROPS));
    recordSource(this);
    const { title, choice, alternatives, reasons } = props;
    this._props = { title, choice, alternatives: [...alternatives], reasons: [...reasons] };
  }
}

markKind(Decision, 'Decision');
