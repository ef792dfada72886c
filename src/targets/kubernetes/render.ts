import { App, Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { claimProps } from './claims';
import { configMapFiles, configMapProps } from './config-files';
import { contextOf, RenderContext, workloadKind } from './context';
import { tellHostServices, tellParameters, tellSecrets } from './environment';
import { tellNetworks, tellService } from './left-out';
import { Manifest, manifestFile, manifestOf } from './manifest-file';
import { annotations, serviceLabels, toolboxLabels } from './metadata';
import { defaultDenyProps, networkPolicyProps } from './network-policies';
import { Report } from './report';
import { namespaceProps, tellSecurity } from './security';
import { clusterServiceProps, governingServiceName, governingServiceProps } from './services';
import { workloadManifest } from './workload';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, ServicePlan } from '../../plan/plan';
import { FidelityEntry, OutputFile } from '../../plan/target-output';
import { kubernetesFolder } from '../layout';
import { from } from '../origin';
import { ofService, ofToolbox } from '../service-origins';
import { outputFile, TargetFile } from '../target-file';

/** The Kubernetes manifests of a plan, and what they could not simply keep. */
export interface KubernetesOutput {
  /** The files before they are text; their nodes have origins. */
  readonly documents: readonly TargetFile[];
  readonly files: OutputFile[];
  readonly fidelity: FidelityEntry[];
}

/** Renders the services that run in a cluster: one file each, and the namespace, walls and claims around them. */
export function renderKubernetes(plan: Plan): KubernetesOutput {
  const report = new Report();
  const context = contextOf(plan, report);
  const app = new App();
  const manifests = [
    manifestFile(plan, 'namespace.yaml', [namespace(context, app)]),
    manifestFile(plan, 'network-policies.yaml', [walls(context, app)]),
    ...claims(context, app),
    ...context.services.map((service) =>
      manifestFile(plan, `services/${kubernetesName(service.name)}.yaml`, serviceManifests(context, service, app)),
    ),
  ];
  tellSecrets(context);
  tellHostServices(context);
  tellParameters(context);
  tellSecurity(context);
  tellNetworks(context);
  const documents = [kustomization(plan, manifests), ...manifests];
  return { documents, files: documents.map(outputFile), fidelity: report.sorted };
}

function kustomization(plan: Plan, files: readonly TargetFile[]): TargetFile {
  return manifestFile(plan, 'kustomization.yaml', [from(() => ofToolbox(plan, 'identity'), {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: plan.name,
    resources: files.map((file) => file.path.slice(kubernetesFolder(plan).length + 1)),
  })]);
}

function namespace({ plan, services }: RenderContext, app: App): Manifest {
  const chart = new Chart(app, 'namespace');
  return manifestOf(k8s.KubeNamespace, chart, 'namespace', namespaceProps(plan, services, toolboxMetadata(plan)));
}

function walls(context: RenderContext, app: App): Manifest {
  const { plan } = context;
  const chart = new Chart(app, 'network-policies', { namespace: plan.name });
  return manifestOf(k8s.KubeNetworkPolicy, chart, 'default-deny', defaultDenyProps(context, toolboxMetadata(plan)));
}

function claims(context: RenderContext, app: App): TargetFile[] {
  const chart = new Chart(app, 'volumes', { namespace: context.plan.name });
  const manifests = claimProps(context).map(({ name, props }) =>
    manifestOf(k8s.KubePersistentVolumeClaim, chart, `claim-${name}`, props),
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
  const files = configMapFiles(context, service);
  const governingService = governingServiceName(context, service);
  tellService(context, service);
  const account = from(() => ofService(service, 'security'), { metadata, automountServiceAccountToken: false });
  const governing = { ...metadata, name: governingService };
  return [
    manifestOf(k8s.KubeServiceAccount, chart, 'account', account),
    ...(files === undefined
      ? []
      : [manifestOf(k8s.KubeConfigMap, chart, 'files', configMapProps(service, files, metadata))]),
    workloadManifest(context, service, { files, governingService }, chart),
    ...(service.ports.length === 0
      ? []
      : [manifestOf(k8s.KubeService, chart, 'service', clusterServiceProps(context, service, metadata))]),
    ...(workloadKind(service) === 'StatefulSet'
      ? [manifestOf(k8s.KubeService, chart, 'governing', governingServiceProps(context, service, governing))]
      : []),
    manifestOf(k8s.KubeNetworkPolicy, chart, 'network-policy', networkPolicyProps(context, service, metadata)),
  ];
}

function toolboxMetadata(plan: Plan): k8s.ObjectMeta {
  return { labels: toolboxLabels(plan), annotations: annotations(plan, plan.name) };
}
