import { aNumber, expectFields } from './fields';
import { markKind } from './kind';

/** A length of time. */
export class Duration {
  /**
   * A number of seconds.
   *
   * @param amount number of seconds
   */
  public static seconds(amount: number): Duration {
    expectFields('Duration.seconds', { amount }, { amount: aNumber });
    return new Duration(amount);
  }

  /**
   * A number of minutes.
   *
   * @param amount number of minutes
   */
  public static minutes(amount: number): Duration {
    expectFields('Duration.minutes', { amount }, { amount: aNumber });
    return new Duration(amount * 60);
  }

  private constructor(private readonly amount: number) {}

  /** The whole length in seconds. */
  public toSeconds(): number {
    return this.amount;
  }
}

markKind(Duration, 'Duration');
