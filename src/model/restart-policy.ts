/** The reaction to the end of a program. */
export enum RestartPolicy {
  /** Nothing. */
  NEVER = 'never',
  /** It is started again when it failed. */
  ON_FAILURE = 'on-failure',
  /** It is started again unless a person stopped it. */
  ALWAYS = 'always',
}

/** How long a service is meant to run. */
export enum Lifecycle {
  /** Until it is stopped. */
  LONG_RUNNING = 'long-running',
  /** It does one thing and ends. */
  ONE_SHOT = 'one-shot',
}

/** Where a service runs. */
export enum Place {
  /** A container engine on a person's machine. */
  WORKSTATION = 'workstation',
  /** A Kubernetes cluster. */
  CLUSTER = 'cluster',
}
