import { aNumber, aText, expectFields, listOf } from './fields';
import { markKind } from './kind';

/** Makers of GPUs. */
type Vendor = 'nvidia' | 'amd';

/**
 * GPUs given to a service: one setting for every target.
 *
 * @example
 * const accelerator = Accelerator.nvidia(1);
 */
export class Accelerator {
  /**
   * A number of NVIDIA GPUs.
   *
   * @param count 1 or more
   */
  public static nvidia(count: number): Accelerator {
    expectFields('Accelerator.nvidia', { count }, { count: aNumber });
    return new Accelerator('nvidia', count);
  }

  /** Every NVIDIA GPU of the machine. Kubernetes cannot say this, so it is refused there. */
  public static allNvidia(): Accelerator {
    return new Accelerator('nvidia', 'all');
  }

  /**
   * Certain NVIDIA GPUs of the machine. A cluster chooses as many itself.
   *
   * @param ids numbers or UUIDs, as `nvidia-smi -L` lists them
   */
  public static nvidiaDevices(ids: string[]): Accelerator {
    expectFields('Accelerator.nvidiaDevices', { ids }, { ids: listOf(aText) });
    return new Accelerator('nvidia', ids.length, ids);
  }

  /**
   * AMD GPUs. An engine passes on all of the machine, as the devices `/dev/kfd` and `/dev/dri`.
   *
   * @param count number in a cluster, 1 or more
   */
  public static amd(count: number): Accelerator {
    expectFields('Accelerator.amd', { count }, { count: aNumber });
    return new Accelerator('amd', count);
  }

  /** Maker of the GPUs: `nvidia` or `amd`. */
  public readonly vendor: string;
  /** @internal */
  public readonly _vendor: Vendor;
  /** @internal */
  public readonly _count: number | 'all';
  /** @internal */
  public readonly _deviceIds?: readonly string[];

  private constructor(vendor: Vendor, count: number | 'all', deviceIds?: readonly string[]) {
    this.vendor = vendor;
    this._vendor = vendor;
    this._count = count;
    this._deviceIds = deviceIds && [...deviceIds];
  }
}

markKind(Accelerator, 'Accelerator');
