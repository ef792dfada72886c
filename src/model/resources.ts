import { Cpu } from './cpu';
import { Size } from './size';

/** Resource limits and requests of a service. */
export interface Resources {
  /** Most processor time. */
  readonly cpu: Cpu;
  /**
   * Processor time asked for beforehand, in a cluster.
   *
   * @default - a quarter of `cpu`
   */
  readonly cpuRequest?: Cpu;
  /** Most memory; more ends the program. */
  readonly memory: Size;
  /**
   * Memory asked for beforehand.
   *
   * @default - half of `memory`
   */
  readonly memoryRequest?: Size;
  /**
   * Most processes and threads.
   *
   * @default 256
   */
  readonly pids?: number;
  /**
   * Most scratch space and logs on the node's disk.
   *
   * @default Size.gibibytes(1)
   */
  readonly ephemeralStorage?: Size;
}
