/** A share of processor time. */
export class Cpu {
  /** @param amount number of processors, for example 0.5 */
  public static cores(amount: number): Cpu {
    return new Cpu(Math.round(amount * 1000));
  }

  /** @param amount thousandths of a processor */
  public static millis(amount: number): Cpu {
    return new Cpu(amount);
  }

  private constructor(private readonly amount: number) {}

  /** The share in thousandths of a processor. */
  public toMillis(): number {
    return this.amount;
  }
}
