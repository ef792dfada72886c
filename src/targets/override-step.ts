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

/** An object of the model's own. */
export interface OwnObject {
  readonly override: OverrideReference;
  /** The object in words: `object Deployment "spy"`. */
  readonly what: string;
  readonly document: YamlDocument;
}

/** Collects what the overrides of one target did. */
export class OverrideLog {
  public readonly steps: OverrideStep[] = [];
  public readonly objects: OwnObject[] = [];
  public readonly problems: OverrideProblem[] = [];
}
