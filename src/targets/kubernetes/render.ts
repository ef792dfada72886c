import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { claimProps } from './claims';
import { configMapFiles, configMapProps } from './config-files';
import { contextOf, RenderContext, workloadKind } from './context';
import { tellHostServices, tellSecrets } from './environment';
import { tellNetworks, tellService } from './left-out';
import { Manifest, manifestFile } from './manifest-file';
import { annotations, serviceLabels, toolboxLabels } from './metadata';
import { defaultDenyProps, networkPolicyProps } from './network-policies';
import { Report } from './report';
import { namespaceProps, tellSecurity } from './security';
import { clusterServiceProps, governingServiceName, governingServiceProps } from './services';
import { workloadManifest } from './workload';
import { FidelityEntry } from '../../plan/fidelity';
import { OutputFile } from '../../plan/output-file';
import { Plan, ServicePlan } from '../../plan/plan';
import { kubernetesFolder } from '../layout';

/** The Kubernetes manifests of a plan, and what they could not simply keep. */
export interface KubernetesOutput {
  readonly files: OutputFile[];
  readonly fidelity: FidelityEntry[];
}

/** Renders the services that run in a cluster: one file each, and the namespace, walls and claims around them. */
export function renderKubernetes(plan: Plan): KubernetesOutput {
  const report = new Report();
  const context = contextOf(plan, report);
  const app = new App();
  const files = [
    manifestFile(plan, 'namespace.yaml', [namespace(context, app)]),
    manifestFile(plan, 'network-policies.yaml', [walls(context, app)]),
    ...claims(context, app),
    ...context.services.map((service) =>
      manifestFile(plan, `services/${service.name}.yaml`, serviceManifests(context, service, app)),
    ),
  ];
  tellSecrets(context);
  tellHostServices(context);
  tellSecurity(context);
  tellNetworks(context);
  return { files: [kustomization(plan, files), ...files], fidelity: report.sorted };
}

function kustomization(plan: Plan, files: readonly OutputFile[]): OutputFile {
  return manifestFile(plan, 'kustomization.yaml', [{
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: plan.name,
    resources: files.map((file) => file.path.slice(kubernetesFolder(plan).length + 1)),
  }]);
}

function namespace({ plan, services }: RenderContext, app: App): Manifest {
  const chart = new Chart(app, 'namespace');
  return toManifest(new k8s.KubeNamespace(chart, 'namespace', namespaceProps(plan, services, toolboxMetadata(plan))));
}

function walls(context: RenderContext, app: App): Manifest {
  const { plan } = context;
  const chart = new Chart(app, 'network-policies', { namespace: plan.name });
  return toManifest(new k8s.KubeNetworkPolicy(chart, 'default-deny', defaultDenyProps(context, toolboxMetadata(plan))));
}

function claims(context: RenderContext, app: App): OutputFile[] {
  const chart = new Chart(app, 'volumes', { namespace: context.plan.name });
  const manifests = claimProps(context).map(({ name, props }) =>
    toManifest(new k8s.KubePersistentVolumeClaim(chart, `claim-${name}`, props)),
  );
  return manifests.length === 0 ? [] : [manifestFile(context.plan, 'volumes.yaml', manifests)];
}

function serviceManifests(context: RenderContext, service: ServicePlan, app: App): Manifest[] {
  const { plan } = context;
  const chart = new Chart(app, `service-${service.name}`, { namespace: plan.name });
  const metadata = {
    name: service.name,
    labels: serviceLabels(plan, service),
    annotations: annotations(plan, service.path),
  };
  const files = configMapFiles(context, service);
  const governingService = governingServiceName(context, service);
  tellService(context, service);
  const before = [
    new k8s.KubeServiceAccount(chart, 'account', { metadata, automountServiceAccountToken: false }),
    ...files === undefined ? [] : [new k8s.KubeConfigMap(chart, 'files', configMapProps(files, metadata))],
  ];
  const after = [
    ...(service.ports.length === 0
      ? []
      : [new k8s.KubeService(chart, 'service', clusterServiceProps(context, service, metadata))]),
    ...(workloadKind(service) === 'StatefulSet'
      ? [
        new k8s.KubeService(
          chart,
          'governing',
          governingServiceProps(context, service, { ...metadata, name: governingService }),
        ),
      ]
      : []),
    new k8s.KubeNetworkPolicy(chart, 'network-policy', networkPolicyProps(context, service, metadata)),
  ];
  return [
    ...before.map(toManifest),
    workloadManifest(context, service, { files, governingService }, chart),
    ...after.map(toManifest),
  ];
}

function toolboxMetadata(plan: Plan): k8s.ObjectMeta {
  return { labels: toolboxLabels(plan), annotations: annotations(plan, plan.name) };
}

/** Objects as data at once: walking the whole tree for each would cost its square. */
function toManifest(object: { toJson(): unknown }): Manifest {
  return object.toJson() as Manifest;
}
