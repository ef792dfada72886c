import { ApiObject, Chart } from 'cdk8s';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { YamlValue } from '../../util/yaml-text';
import { kubernetesFolder } from '../layout';
import { twinOf } from '../origin';
import { hashComment, TargetFile } from '../target-file';
import { compareKeys } from './key-order';

const DRAFT = 'Draft: the architecture is not approved yet; this is not for productive use.';

/** A Kubernetes object as plain data. */
export type Manifest = { readonly [key: string]: YamlValue };

/** A typed kind of object. */
export type ObjectKind<Props> = new (scope: Chart, id: string, props: Props) => ApiObject;

/**
 * Creates an object and returns it as data, with the origins of its properties. Each object is rendered by itself:
 * rendering the whole tree for each would take quadratic time.
 */
export function manifestOf<Props extends object>(
  kind: ObjectKind<Props>,
  chart: Chart,
  id: string,
  props: Props,
): Manifest {
  return twinOf(props, new kind(chart, id, props).toJson() as Manifest);
}

/** Returns the object under another name. */
export function renamed(manifest: Manifest, name: string): Manifest {
  return twinOf(manifest, { ...manifest, metadata: { ...manifest.metadata as Manifest, name } });
}

/** Returns a file of one or more objects. */
export function manifestFile(plan: Plan, path: string, manifests: readonly Manifest[]): TargetFile {
  const parts = manifests.map((document) => ({ kind: 'yaml' as const, document, style: { compareKeys } }));
  return { path: `${kubernetesFolder(plan)}/${path}`, header: header(plan), parts };
}

function header(plan: Plan): string {
  const draft = plan.stage === 'draft' ? [DRAFT] : [];
  return [provenanceSentence(plan), ...draft].map((line) => `${hashComment(line)}\n`).join('');
}
