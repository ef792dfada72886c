import { RenderContext } from './context';
import { Manifest, manifestFile } from './manifest-file';
import { annotations, toolboxLabels } from './metadata';
import { KubernetesObjectsPlan, OwnObjectPlan, Plan } from '../../plan/plan';
import { OverrideReference } from '../../plan/target-output';
import { YamlValue } from '../../util/yaml-text';
import { from, origin } from '../origin';
import { TargetFile } from '../target-file';
import { listOf, mapOf, textOf, Tree } from '../tree';

/** Kinds of Kubernetes without a namespace. A custom resource may have another: its definition says so. */
const CLUSTER_KINDS = [
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding',
  'CustomResourceDefinition', 'FlowSchema', 'IngressClass', 'MutatingWebhookConfiguration', 'Namespace', 'Node',
  'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'StorageClass',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment',
];

const NAME = /^[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?$/;

/**
 * Renders the objects of the model's own, one file for each construct.
 *
 * @param generated all other objects, whose names are taken.
 */
export function ownObjects(context: RenderContext, generated: readonly Manifest[]): TargetFile[] {
  const { plan, patches, report } = context;
  const taken = new Map(generated.map((object) => [keyOf(object), 'the model generates it']));
  const definitions = (plan.objects ?? []).flatMap(({ objects }) => objects.map(({ value }) => mapOf(value)))
    .filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ spec }) => mapOf(spec));
  const scopes = new Map(definitions.map(({ names, scope }) => [textOf(mapOf(names).kind), textOf(scope)]));
  return (plan.objects ?? []).flatMap((owner) => {
    const objects = owner.objects.flatMap((object, index): Manifest[] => {
      const override: OverrideReference = { path: owner.path, target: 'kubernetes', index };
      const problem = (message: string, fix: string) =>
        patches.log.problems.push({ override, rule: 'kubernetes-object', message, fix });
      const found = problemOf(plan, object, taken);
      if (found !== undefined) {
        problem(`Object ${index + 1}: ${found}`, 'Change the object.');
        return [];
      }
      const manifest = completed(plan, owner, object.value!, scopes);
      const what = `object ${textOf(manifest.kind)} ${JSON.stringify(nameOf(manifest))}`;
      taken.set(keyOf(manifest), `${owner.path} has it`);
      patches.log.objects.push({ override, what, document: manifest });
      tell(report, owner, what, scopes.has(textOf(manifest.kind)));
      return [manifest];
    });
    const sorted = [...objects.filter(isDefinition), ...objects.filter((one) => !isDefinition(one))];
    return sorted.length === 0 ? [] : [manifestFile(plan, `objects/${owner.name}.yaml`, sorted)];
  });
}

/** Whether a file defines custom resources, so that it comes before the others. */
export function definesResources({ parts }: TargetFile): boolean {
  return parts.some((part) => part.kind === 'yaml' && isDefinition(part.document as Manifest));
}

function isDefinition({ kind }: Manifest): boolean {
  return kind === 'CustomResourceDefinition';
}

function problemOf(
  plan: Plan,
  { value, problem }: OwnObjectPlan,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  if (value === undefined) {
    return problem;
  }
  const { apiVersion, kind, metadata } = value;
  const { name, namespace } = mapOf(metadata);
  if (textOf(apiVersion) === '' || textOf(kind) === '') {
    return '"apiVersion" or "kind" is missing.';
  }
  if (!NAME.test(textOf(name))) {
    return `the name ${JSON.stringify(name ?? '')} is not valid.`;
  }
  if (namespace !== undefined && namespace !== plan.name) {
    return `its namespace is ${JSON.stringify(namespace)}, and all objects are in ${JSON.stringify(plan.name)}.`;
  }
  const clash = taken.get(keyOf(value));
  if (clash !== undefined) {
    return `there is another ${textOf(kind)} ${JSON.stringify(name)}: ${clash}.`;
  }
  if (kind === 'Secret' && (value.data !== undefined || value.stringData !== undefined)) {
    return 'a Secret with values would put them into the generated files.';
  }
  const labels = mapOf(mapOf(mapOf(mapOf(value.spec).template).metadata).labels);
  const isTwin =
    labels['app.kubernetes.io/instance'] === plan.name &&
    plan.services.some((service) => service.name === labels['app.kubernetes.io/name']);
  return isTwin ? 'its pods have the labels of a service, and would get its traffic.' : undefined;
}

function completed(
  plan: Plan,
  owner: KubernetesObjectsPlan,
  value: Tree,
  scopes: ReadonlyMap<string, string>,
): Manifest {
  const kind = textOf(value.kind);
  const metadata = mapOf(value.metadata);
  const isInCluster = CLUSTER_KINDS.includes(kind) || scopes.get(kind) === 'Cluster';
  return from(() => origin([owner.path], ['override']), {
    ...(value as Manifest),
    metadata: {
      ...(metadata as { readonly [key: string]: YamlValue }),
      ...isInCluster ? {} : { namespace: plan.name },
      labels: { ...toolboxLabels(plan), ...(mapOf(metadata.labels) as Record<string, string>) },
      annotations: { ...annotations(plan, owner.path), ...(mapOf(metadata.annotations) as Record<string, string>) },
    },
  });
}

function tell(
  report: RenderContext['report'],
  { path }: KubernetesObjectsPlan,
  what: string,
  isCustom: boolean,
): void {
  report.adapted(
    path,
    what,
    'It is in the cluster alone: a workstation has no such object.',
    isCustom
      ? 'Apply the folder twice the first time: a cluster knows the kind once its definition is there.'
      : 'Override the compose file if a workstation needs the same.',
  );
}

/** Two objects of one key cannot be in one namespace; the version of the API does not count. */
function keyOf(object: Tree): string {
  const [, group = ''] = textOf(object.apiVersion).split('/').reverse();
  return `${group} ${textOf(object.kind)} ${nameOf(object)}`;
}

function nameOf({ metadata }: Tree): string {
  return listOf(mapOf(metadata).name).map(textOf).join();
}
