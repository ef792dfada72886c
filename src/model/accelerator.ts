import { aNumber, expectFields } from './fields';
import { markKind } from './kind';

/** GPUs given to a service: one knob for every target. */
export class Accelerator {
  /**
   * A number of NVIDIA GPUs.
   *
   * @param count 1 or more
   */
  public static nvidia(count: number): Accelerator {
    expectFields('Accelerator.nvidia', { count }, { count: aNumber });
    return new Accelerator(count);
  }

  /** Every NVIDIA GPU of the machine. Kubernetes cannot say this, so it is refused there. */
  public static allNvidia(): Accelerator {
    return new Accelerator('all');
  }

  /** @internal */
  public readonly _count: number | 'all';

  private constructor(count: number | 'all') {
    this._count = count;
  }
}

markKind(Accelerator, 'Accelerator');
