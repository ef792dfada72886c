import { Plan, ServicePlan } from '../../../plan/plan';
import { fence } from '../escape/fence';
import { md } from '../escape/markdown';
import { shellLine } from '../escape/shell-word';
import { visible } from '../escape/visible';
import { Block, section } from '../page';
import { outputPlaces } from '../places';

/** How a person works the toolbox in a cluster. */
export function kubernetesCommands(plan: Plan): Block {
  const services = plan.services.filter((service) => service.places.includes('cluster'));
  return section(md`Kubernetes`, services.length === 0 ? [] : [fence('sh', blocksOf(plan, services).map((block) => block.join('\n')).join('\n\n'))], 3);
}

function blocksOf(plan: Plan, services: readonly ServicePlan[]): string[][] {
  const folder = outputPlaces(plan).kubernetesFolder;
  const terminals = services.filter((service) => service.terminal && service.lifecycle === 'long-running');
  return [
    imageBlock(services),
    secretBlock(plan, folder),
    ['# Create or update everything', shellLine('kubectl', 'apply', '-k', folder), kubectl(plan, 'get', 'pods', '--watch')],
    ...terminals.map(({ name }) => [`# Work in ${visible(name)}; Ctrl-P Ctrl-Q leaves it running`, attach(plan, name)]),
    ...forwarded(services).map((service) => forwardBlock(plan, service)),
    ['# Remove everything, volumes too', shellLine('kubectl', 'delete', '-k', folder)],
  ].filter((block) => block.length > 0);
}

function imageBlock(services: readonly ServicePlan[]): string[] {
  const built = services.flatMap(({ image }) => (image.build === undefined ? [] : [`${image.repository}${image.tag === undefined ? '' : `:${image.tag}`}`]));
  return built.length === 0 ? [] : [
    '# Built images must be in a registry that the cluster reaches, or loaded into its nodes:',
    ...[...new Set(built)].map((name) => `#   ${visible(name)}`),
  ];
}

/** The namespace first, since a Secret needs one. */
function secretBlock(plan: Plan, folder: string): string[] {
  return plan.envFiles.length === 0 ? [] : [
    '# Once: secrets, from the files that are never committed',
    shellLine('kubectl', 'apply', '-f', `${folder}/namespace.yaml`),
    ...plan.envFiles.map(({ name, file }) => kubectl(plan, 'create', 'secret', 'generic', name, `--from-env-file=${file}`)),
  ];
}

/** Whether its pod is a Deployment's or a StatefulSet's does not matter to the label. */
function attach(plan: Plan, service: string): string {
  const pod = kubectl(plan, 'get', 'pod', '--output', 'name', '--selector', `app.kubernetes.io/name=${service}`);
  return `${kubectl(plan, 'attach', '--stdin', '--tty')} "$(${pod})"`;
}

/** Those that are reached from outside on a workstation; without any, the first that has a port. */
function forwarded(services: readonly ServicePlan[]): ServicePlan[] {
  const reachable = services.filter((service) => service.ports.some((port) => port.protocol === 'tcp'));
  const outside = reachable.filter((service) => service.ports.some((port) => port.exposure !== 'internal'));
  return outside.length > 0 ? outside : reachable.slice(0, 1);
}

function forwardBlock(plan: Plan, { name, ports }: ServicePlan): string[] {
  const pairs = ports.filter((port) => port.protocol === 'tcp').map((port) => `${port.hostPort ?? port.port}:${port.port}`);
  return [`# Reach ${visible(name)} from this machine`, kubectl(plan, 'port-forward', `service/${name}`, ...pairs)];
}

function kubectl(plan: Plan, ...words: readonly string[]): string {
  return shellLine('kubectl', '--namespace', plan.name, ...words);
}
