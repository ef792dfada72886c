import { Reading } from '../reading';
import { Tree } from '../tree';

/** A pod, while its containers are read. */
export interface PodReading {
  readonly reading: Reading;
  /** Of the pod; containers inherit from it. */
  readonly securityContext: Tree;
  /** Of the pod, by name. */
  readonly volumes: ReadonlyMap<string, Tree>;
  /** `data` of every ConfigMap, by name. */
  readonly configMaps: ReadonlyMap<string, Tree>;
}
