import { Cpu } from './cpu';
import { Size } from './size';

/** Resource limits and requests of a service. */
export interface Resources {
  /**
   * Most processor time.
   *
   * @default - no limit: a finding of the rule service-limits
   */
  readonly cpu?: Cpu;
  /**
   * Processor time reserved beforehand, in a cluster.
   *
   * @default - a quarter of `cpu`
   */
  readonly cpuRequest?: Cpu;
  /**
   * Most memory; a program that takes more is killed.
   *
   * @default - no limit: a finding of the rule service-limits
   */
  readonly memory?: Size;
  /**
   * Memory reserved beforehand.
   *
   * @default - half of `memory`
   */
  readonly memoryRequest?: Size;
  /**
   * Most memory and swap together. A cluster decides on swap by node.
   *
   * @default - the same as `memory`: no swap
   */
  readonly memorySwap?: Size;
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
  /**
   * Whether only the amounts that are given count, as in a compose file: amounts that are not given have no defaults.
   *
   * @default false
   */
  readonly exact?: boolean;
}
