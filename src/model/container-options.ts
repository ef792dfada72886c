import { CONTAINER_OPTIONS } from './structs';

/**
 * Settings of a container that a compose file has under the same names. Values that a target cannot express are in the
 * fidelity report.
 */
export interface ContainerOptions {
  /**
   * Labels of the container, for programs that ask the engine for them, such as a reverse proxy. A cluster has
   * `annotations` for that.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
  /**
   * Annotations of the container, and of the pod in a cluster.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** Returns the settings of a container among all those of a service. */
export function pickContainerOptions(options: ContainerOptions): ContainerOptions {
  const given = Object.entries(options).filter(([name, value]) => (
    value !== undefined && Object.hasOwn(CONTAINER_OPTIONS, name)));
  return Object.fromEntries(given);
}
