import type { Service } from './service';

/**
 * The tool policy of a service, as a table that targets, rules and pages read.
 *
 * @internal
 */
export interface PolicyTable {
  readonly workspace: { readonly root: string; readonly readOnly: boolean };
  /** Paths below the workspace by which the service's audit log is reached; absent if it is kept elsewhere. */
  readonly auditLogs?: readonly string[];
  /** Sorted by name. */
  readonly tools: readonly ToolFacts[];
}

/**
 * One line of the table, with every default resolved.
 *
 * @internal
 */
export interface ToolFacts {
  readonly name: string;
  readonly kind: 'file' | 'image' | 'command' | 'other';
  /** The action, for people: `read`, `extract`, `git log --max-count={count}`. */
  readonly action: string;
  readonly writes: boolean;
  readonly clients: readonly string[];
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly timeoutMillis?: number;
  readonly maxOutputBytes?: number;
  readonly callsPerMinute?: number;
  /** Whether the service can do it. */
  readonly offered: boolean;
}

/**
 * A construct, marked as `Policy`, that a service enforces.
 *
 * @internal
 */
export interface PolicySource {
  readonly gateway: Service;
  _table(): PolicyTable;
}
