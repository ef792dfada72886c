import { aNumber, expectFields } from './fields';
import { markKind } from './kind';

/** An amount of memory or storage. */
export class Size {
  /**
   * A number of kibibytes.
   *
   * @param amount number of kibibytes (1,024 bytes)
   */
  public static kibibytes(amount: number): Size {
    expectFields('Size.kibibytes', { amount }, { amount: aNumber });
    return new Size(amount);
  }

  /**
   * A number of mebibytes.
   *
   * @param amount number of mebibytes (1,048,576 bytes)
   */
  public static mebibytes(amount: number): Size {
    expectFields('Size.mebibytes', { amount }, { amount: aNumber });
    return new Size(amount * 1024);
  }

  /**
   * A number of gibibytes.
   *
   * @param amount number of gibibytes (1,024 mebibytes)
   */
  public static gibibytes(amount: number): Size {
    expectFields('Size.gibibytes', { amount }, { amount: aNumber });
    return new Size(amount * 1024 * 1024);
  }

  private constructor(private readonly amount: number) {}

  /** The whole amount in bytes. */
  public toBytes(): number {
    return this.amount * 1024;
  }

  /** The whole amount in mebibytes. */
  public toMebibytes(): number {
    return this.amount / 1024;
  }
}

markKind(Size, 'Size');
