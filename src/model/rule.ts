import { IConstruct } from 'constructs';
import { Severity } from './finding';
import type { Toolbox } from './toolbox';

/** A violation of a rule. */
export interface RuleViolation {
  /** The construct that breaks the rule. */
  readonly construct: IConstruct;
  /** The error, with the value found. */
  readonly message: string;
  /**
   * How to fix it.
   *
   * @default - the fix of the rule
   */
  readonly fix?: string;
}

/**
 * A rule of a model's own, reported and waived like those of the library.
 *
 * @example
 * const ownerRule: IRule = {
 *   id: 'acme-description',
 *   severity: Severity.ERROR,
 *   title: 'Every service says what it does',
 *   fix: 'Set "description".',
 *   check: (toolbox) => toolbox.node.findAll()
 *     .filter((construct): construct is Service => Service.isService(construct))
 *     .filter(({ description }) => description === '')
 *     .map((construct) => ({ construct, message: `The service "${construct.name}" has no description.` })),
 * };
 */
export interface IRule {
  /** Unique, lower-case letters, digits and dashes. */
  readonly id: string;
  /** Whether it stops the synthesis. */
  readonly severity: Severity;
  /** The requirement, in one sentence. */
  readonly title: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /**
   * The kinds of statements it judges, for `explain`: `image`, `mount`, `network`, `security` and so on.
   *
   * @default - none
   */
  readonly facets?: string[];
  /**
   * Whether a waiver with a reason lets its findings through.
   *
   * @default true
   */
  readonly waivable?: boolean;
  /** Returns the violations in a complete tree. */
  check(toolbox: Toolbox): RuleViolation[];
}
