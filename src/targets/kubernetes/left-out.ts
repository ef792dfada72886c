import { isIP } from 'node:net';
import { reportSettings } from './container-settings';
import { aliasesOf, kubectl, podReference, RenderContext, workloadKind } from './context';
import { PROFILE_LABEL } from './metadata';
import { listed, Report } from './report';
import { clusterAliases } from './services';
import { forwardedPorts } from '../../plan/host-port';
import { imageReference } from '../../plan/image-reference';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, PortPlan, ServicePlan } from '../../plan/plan';
import { kubernetesFolder } from '../layout';

/**
 * Facts of a service that Kubernetes says in another way or not at all, and that no other part of the renderer tells.
 */
export function reportService(context: RenderContext, service: ServicePlan): void {
  const { plan, report } = context;
  reportName(service, report);
  reportImage(service, report);
  reportParts(plan, service, report);
  reportLife(service, report);
  reportSettings(service, report);
  reportNetwork(context, service);
  if (service.resources.pids !== undefined) {
    report.leftOut(
      service.path,
      'process limit',
      'A pod cannot limit its processes; the node does.',
      `Set podPidsLimit of the kubelet to ${service.resources.pids} or less.`,
    );
  }
  if (service.terminal) {
    report.adapted(
      service.path,
      'attaching',
      'The pod keeps a terminal open, and a person attaches to it.',
      `Attach: ${kubectl(plan, 'attach', '-it', podReference(service))}.`,
    );
  }
}

/** Addresses in the model follow the name; those in plain text do not. */
function reportName({ path, name }: ServicePlan, report: Report): void {
  const own = kubernetesName(name);
  if (own !== name) {
    report.adapted(
      path,
      'name',
      `Kubernetes does not allow the name ${name}: the service is called ${own} there.`,
      'Use Service.endpoint for its address: a literal address keeps the name that no cluster resolves.',
    );
  }
}

/** Networks become rules on one flat network. */
export function reportNetworks({ plan, byName, report }: RenderContext): void {
  for (const network of plan.networks.filter((one) => one.members.some((name) => byName.has(name)))) {
    report.adapted(
      network.path,
      'network',
      'A cluster has one flat network: NetworkPolicies close everything but the listed ways.',
      'Use a cluster whose network plugin enforces NetworkPolicies.',
    );
    const { external, ...settings } = network.engine ?? {};
    if (external) {
      report.leftOut(
        network.path,
        'external network',
        'Containers on it that are not part of this model are not in the cluster, or in another namespace.',
        'Add a NetworkPolicy of your own for pods of other namespaces.',
      );
    }
    if (Object.values(settings).some((value) => value !== undefined)) {
      report.leftOut(
        network.path,
        'network settings',
        'Name, driver, options and subnets are settings of an engine.',
        'Nothing to do.',
      );
    }
  }
}

function reportImage({ path, image }: ServicePlan, report: Report): void {
  if (image.build !== undefined) {
    report.adapted(
      path,
      'image build',
      'A cluster builds no images: it takes the image from its registry, or from the node where it was loaded.',
      `Build it and push it, or load it into the nodes, as ${imageReference(image)}.`,
    );
  }
}

function reportParts(plan: Plan, { path, profile }: ServicePlan, report: Report): void {
  if (profile !== undefined) {
    const folder = `${plan.outdir}/${kubernetesFolder(plan)}`;
    report.adapted(
      path,
      'choice of parts',
      `It belongs to the profile ${profile} and is applied with everything else.`,
      'Leave the part out: '
        + `${kubectl(plan, 'apply', '-k', folder, '--selector', `${PROFILE_LABEL}!=${profile}`)}.`,
    );
  }
}

function reportLife(service: ServicePlan, report: Report): void {
  const { path, restart, logRotation } = service;
  if (service.init) {
    report.adapted(
      path,
      'first process',
      "The containers of the pod share their processes, and the pod's own first process reaps children.",
      'Nothing to do.',
    );
  }
  const isKeptRunning = restart === 'always' || restart === 'unless-stopped';
  if ((workloadKind(service) === 'Job') === isKeptRunning) {
    report.adapted(
      path,
      'restart policy',
      workloadKind(service) === 'Job'
        ? 'A Job that has ended well is not run again.'
        : 'A pod that is to keep running is always restarted.',
      'Stop it by hand where that is not wanted.',
    );
  }
  if (workloadKind(service) === 'Job' && service.container?.scale !== undefined) {
    report.leftOut(path, 'scale', 'A Job runs one pod.', 'Add a patch of /spec/parallelism and /spec/completions.');
  }
  if (logRotation !== undefined) {
    report.leftOut(
      path,
      'log rotation',
      'The cluster keeps the logs and rotates them.',
      `Set containerLogMaxSize (${logRotation.maxMegabytes}Mi) and containerLogMaxFiles `
        + `(${Math.max(2, logRotation.maxFiles)}) of the kubelet.`,
    );
  }
}

function reportNetwork(context: RenderContext, service: ServicePlan): void {
  const { plan, online, report } = context;
  const gateways = (service.extraHosts ?? []).filter(({ address }) => isIP(address) === 0).map(({ name }) => name);
  if (gateways.length > 0) {
    report.leftOut(
      service.path,
      'extra hosts',
      `A cluster has no host, so ${listed(gateways)} is not known there.`,
      'Use a HostService, and name the service that replaces it in a cluster.',
    );
  }
  const fixed = service.attachments.filter(
    ({ ipv4Address, ipv6Address }) => (ipv4Address ?? ipv6Address) !== undefined,
  );
  if (fixed.length > 0) {
    report.leftOut(
      service.path,
      'static address',
      `Pods get their addresses from the cluster, also on ${listed(fixed.map(({ network }) => network))}.`,
      `Use the name ${kubernetesName(service.name)}.`,
    );
  }
  const outside = service.ports.filter((port) => port.exposure !== 'internal');
  if (outside.length > 0) {
    report.adapted(
      service.path,
      'port exposure',
      'Services of the cluster are not reachable from outside: '
        + `${listed(outside.map((port) => `${port.port}/${port.protocol}`))}.`,
      forwardRemedy(plan, service, outside),
    );
  }
  if (online.has(service.name)) {
    report.adapted(
      service.path,
      'internet',
      'Towards the internet only TCP to ports 80 and 443 of public addresses is open.',
      'Add a NetworkPolicy of your own for more.',
    );
  }
  const known = clusterAliases(context, service);
  const aliases = aliasesOf(service).filter((alias) => !known.includes(alias));
  if (aliases.length > 0) {
    report.leftOut(
      service.path,
      'network aliases',
      `In the cluster it is not known as ${listed(aliases)}.`,
      `Use the name ${kubernetesName(service.name)}.`,
    );
  }
}

function forwardRemedy(plan: Plan, service: ServicePlan, ports: readonly PortPlan[]): string {
  const pairs = forwardedPorts(ports);
  const target = `service/${kubernetesName(service.name)}`;
  return pairs.length === 0
    ? 'Give the service an address of its own with an object of your own: kubectl forwards no UDP.'
    : `Forward it to your machine: ${kubectl(plan, 'port-forward', target, ...pairs)}.`;
}
