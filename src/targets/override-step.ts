import { YamlDocument } from './target-file';
import { OverrideProblem, OverrideReference } from '../plan/target-output';

/** One override, with the document that it changes. */
export interface OverrideStep {
  readonly override: OverrideReference;
  /** The override in words: `override of "shm_size"`, `patch at /spec/replicas`. */
  readonly what: string;
  /** Steps to the value that it sets. */
  readonly at: readonly string[];
  readonly before: YamlDocument;
  readonly after: YamlDocument;
}

/** Collects what the overrides of one target did. */
export class OverrideLog {
  public readonly steps: OverrideStep[] = [];
  public readonly problems: OverrideProblem[] = [];
}
