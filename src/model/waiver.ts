import { Construct } from 'constructs';
import { isKind, markKind } from './private/kind';
import { recordSource } from './private/source-location';

/** Properties of a waiver. */
export interface WaiverProps {
  /** Id of the rule whose findings are let through. */
  readonly rule: string;
  /** Why that is right here; shown on the status page. */
  readonly reason: string;
}

/** Lets the findings of one rule through, for the construct it stands under and everything below. */
export class Waiver extends Construct {
  public static isWaiver(value: any): boolean {
    return isKind(value, 'Waiver');
  }

  public readonly rule: string;
  public readonly reason: string;

  constructor(scope: Construct, id: string, props: WaiverProps) {
    super(scope, id);
    recordSource(this);
    this.rule = props.rule;
    this.reason = props.reason;
  }
}

markKind(Waiver, 'Waiver');
