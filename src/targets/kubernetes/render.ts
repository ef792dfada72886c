import { App, Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { claimProps } from './claims';
import { configDirectories } from './config-directories';
import { configMapFiles } from './config-files';
import { contextOf, RenderContext, workloadKind } from './context';
import { reportHostServices, reportParameters, reportSecrets } from './environment';
import { reportNetworks, reportService } from './left-out';
import { Manifest, manifestFile, manifestOf, ObjectKind } from './manifest-file';
import { annotations, serviceLabels, toolboxLabels } from './metadata';
import { defaultDenyProps, networkPolicyProps, peerPolicyProps } from './network-policies';
import { definesResources, ownObjects } from './own-objects';
import { Report } from './report';
import { namespaceProps, reportSecurity } from './security';
import { clusterAliases, clusterServiceProps, governingServiceName, governingServiceProps } from './services';
import { workloadManifest } from './workload';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, ServicePlan } from '../../plan/plan';
import { FidelityEntry, OutputFile } from '../../plan/target-output';
import { kubernetesFolder } from '../layout';
import { from } from '../origin';
import { OverrideLog } from '../override-step';
import { ofService, ofToolbox } from '../service-origins';
import { outputFile, TargetFile } from '../target-file';

/** The Kubernetes manifests of a plan, and what they could not simply keep. */
export interface KubernetesOutput {
  /** The files before they are text; their nodes have origins. */
  readonly documents: readonly TargetFile[];
  readonly files: OutputFile[];
  readonly fidelity: FidelityEntry[];
  readonly overrides: OverrideLog;
}

/** Renders the services that run in a cluster: one file each, and the namespace, walls and claims around them. */
export function renderKubernetes(plan: Plan): KubernetesOutput {
  const report = new Report();
  const context = contextOf(plan, report);
  const app = new App();
  const manifests = [
    manifestFile(plan, 'namespace.yaml', [namespace(context, app)]),
    manifestFile(plan, 'network-policies.yaml', walls(context, app)),
    ...claims(context, app),
    ...context.services.map((service) =>
      manifestFile(plan, `services/${kubernetesName(service.name)}.yaml`, serviceManifests(context, service, app)),
    ),
  ];
  reportSecrets(context);
  reportHostServices(context);
  reportParameters(context);
  reportSecurity(context);
  reportNetworks(context);
  context.patches.finish();
  const own = ownObjects(context, manifests.flatMap(documentsIn));
  const [first, ...others] = manifests;
  const all = [first, ...own.filter(definesResources), ...others, ...own.filter((one) => !definesResources(one))];
  const documents = [kustomization(plan, all), ...all];
  return { documents, files: documents.map(outputFile), fidelity: report.sorted, overrides: context.patches.log };
}

function documentsIn({ parts }: TargetFile): Manifest[] {
  return parts.flatMap((part) => (part.kind === 'yaml' ? [part.document as Manifest] : []));
}

function kustomization(plan: Plan, files: readonly TargetFile[]): TargetFile {
  return manifestFile(plan, 'kustomization.yaml', [from(() => ofToolbox(plan, 'identity'), {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: plan.name,
    resources: files.map((file) => file.path.slice(kubernetesFolder(plan).length + 1)),
  })]);
}

function namespace({ plan, services, patches }: RenderContext, app: App): Manifest {
  const chart = new Chart(app, 'namespace');
  const props = namespaceProps(plan, services, toolboxMetadata(plan));
  return patches.apply(manifestOf(k8s.KubeNamespace, chart, 'namespace', props));
}

/** Policies of no single service. */
function walls(context: RenderContext, app: App): Manifest[] {
  const { plan, peerNetworks } = context;
  const chart = new Chart(app, 'network-policies', { namespace: plan.name });
  const paths = new Map(plan.networks.map(({ name, path }) => [name, path]));
  const policies = [
    manifestOf(k8s.KubeNetworkPolicy, chart, 'default-deny', defaultDenyProps(context, toolboxMetadata(plan))),
    ...peerNetworks.map((network) => {
      const metadata = { labels: toolboxLabels(plan), annotations: annotations(plan, paths.get(network.name) ?? '') };
      const props = peerPolicyProps(context, network, metadata);
      return manifestOf(k8s.KubeNetworkPolicy, chart, `network-${network.name}`, props);
    }),
  ];
  return policies.map((policy) => context.patches.apply(policy));
}

function claims(context: RenderContext, app: App): TargetFile[] {
  const chart = new Chart(app, 'volumes', { namespace: context.plan.name });
  const manifests = claimProps(context).map(({ path, name, props }) =>
    context.patches.apply(manifestOf(k8s.KubePersistentVolumeClaim, chart, `claim-${name}`, props), path),
  );
  return manifests.length === 0 ? [] : [manifestFile(context.plan, 'volumes.yaml', manifests)];
}

function serviceManifests(context: RenderContext, service: ServicePlan, app: App): Manifest[] {
  const { plan } = context;
  const chart = new Chart(app, `service-${kubernetesName(service.name)}`, { namespace: plan.name });
  const metadata = {
    name: kubernetesName(service.name),
    labels: serviceLabels(plan, service),
    annotations: annotations(plan, service.path, service.name),
  };
  const files = configMapFiles(context, service, metadata, chart);
  const directories = configDirectories(context, service, metadata, chart);
  const governingService = governingServiceName(context, service);
  reportService(context, service);
  const account = from(() => ofService(service, 'security'), { metadata, automountServiceAccountToken: false });
  const governing = { ...metadata, name: governingService };
  const object = <Props extends object>(kind: ObjectKind<Props>, id: string, props: Props) =>
    context.patches.apply(manifestOf(kind, chart, id, props));
  return [
    object(k8s.KubeServiceAccount, 'account', account),
    ...(files === undefined ? [] : [files.manifest]),
    ...directories.map(({ manifest }) => manifest),
    workloadManifest(context, service, { files, directories, governingService }, chart),
    ...(service.ports.length === 0
      ? []
      : [object(k8s.KubeService, 'service', clusterServiceProps(context, service, metadata))]),
    ...clusterAliases(context, service).map((name) =>
      object(k8s.KubeService, `alias-${name}`, clusterServiceProps(context, service, { ...metadata, name }))),
    ...(workloadKind(service) === 'StatefulSet'
      ? [object(k8s.KubeService, 'governing', governingServiceProps(context, service, governing))]
      : []),
    object(k8s.KubeNetworkPolicy, 'network-policy', networkPolicyProps(context, service, metadata)),
  ];
}

function toolboxMetadata(plan: Plan): k8s.ObjectMeta {
  return { labels: toolboxLabels(plan), annotations: annotations(plan, plan.name) };
}
