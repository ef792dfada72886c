import { aNumber, expectFields } from './fields';
import { markKind } from './kind';

/** A share of processor time. */
export class Cpu {
  /**
   * Whole processors or parts of one, to a thousandth.
   *
   * @param amount number of processors, for example 0.5
   */
  public static cores(amount: number): Cpu {
    expectFields('Cpu.cores', { amount }, { amount: aNumber });
    return new Cpu(Math.round(amount * 1000));
  }

  /**
   * Thousandths of a processor.
   *
   * @param amount thousandths of a processor
   */
  public static millis(amount: number): Cpu {
    expectFields('Cpu.millis', { amount }, { amount: aNumber });
    return new Cpu(amount);
  }

  private constructor(private readonly amount: number) {}

  /** The share in thousandths of a processor. */
  public toMillis(): number {
    return this.amount;
  }
}

markKind(Cpu, 'Cpu');
