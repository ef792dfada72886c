import { commandSection, remark } from './commands';
import { forwardedPorts } from '../../../plan/host-port';
import { imageName } from '../../../plan/image-reference';
import { kubernetesName } from '../../../plan/kubernetes-name';
import { Plan, ServicePlan } from '../../../plan/plan';
import { secretFileKey } from '../../../plan/value-parts';
import { shellLine } from '../../host-commands';
import { md } from '../escape/markdown';
import { visible } from '../escape/visible';
import { CommandMessages, Messages } from '../messages/messages';
import { Block } from '../page';
import { outputPlaces } from '../places';

/** How a person works the toolbox in a cluster. */
export function kubernetesCommands(plan: Plan, { commands: words, page }: Messages): Block {
  const services = plan.services.filter((service) => service.places.includes('cluster'));
  return commandSection(page, md`Kubernetes`, services.length === 0 ? [] : blocksOf(plan, services, words));
}

function blocksOf(plan: Plan, services: readonly ServicePlan[], words: CommandMessages): string[][] {
  const folder = outputPlaces(plan).kubernetesFolder;
  const terminals = services.filter((service) => service.terminal && service.lifecycle === 'long-running');
  return [
    imageBlock(services, words),
    secretBlock(plan, folder, words),
    [remark(words.apply), shellLine('kubectl', 'apply', '-k', folder), kubectl(plan, 'get', 'pods', '--watch')],
    [remark(words.prune), prune(plan, folder)],
    changedSecretBlock(plan, words),
    ...terminals.map(({ name }) => [remark(words.attach(name)), attach(plan, name)]),
    ...forwarded(services).map((service) => forwardBlock(plan, service, words)),
    [remark(words.remove), shellLine('kubectl', 'delete', '-k', folder)],
  ];
}

/** Kinds of objects that hold no data. Claims and the namespace are never removed by this. */
const PRUNED = [
  'apps/v1/Deployment', 'apps/v1/StatefulSet', 'batch/v1/Job', 'core/v1/ConfigMap', 'core/v1/Service',
  'core/v1/ServiceAccount', 'networking.k8s.io/v1/NetworkPolicy',
];

/** Objects are recognised by the label that all of the toolbox have. */
function prune(plan: Plan, folder: string): string {
  return kubectl(
    plan,
    'apply',
    '-k',
    folder,
    '--prune',
    '--selector',
    `app.kubernetes.io/part-of=${plan.name}`,
    ...PRUNED.map((kind) => `--prune-allowlist=${kind}`),
  );
}

function imageBlock(services: readonly ServicePlan[], words: CommandMessages): string[] {
  const built = services.flatMap(({ image }) => (image.build === undefined ? [] : [imageName(image)]));
  return built.length === 0
    ? []
    : [remark(words.builtImages), ...[...new Set(built)].map((name) => `#   ${visible(name)}`)];
}

/** The namespace first, since a Secret needs one. */
function secretBlock(plan: Plan, folder: string, words: CommandMessages): string[] {
  const secrets = secretSources(plan);
  return secrets.length === 0 ? [] : [
    remark(words.secrets),
    shellLine('kubectl', 'apply', '-f', `${folder}/namespace.yaml`),
    ...secrets.map((one) => createSecret(plan, one)),
  ];
}

/** A pod keeps the environment that it started with. */
function changedSecretBlock(plan: Plan, words: CommandMessages): string[] {
  const secrets = secretSources(plan);
  return secrets.length === 0
    ? []
    : [
      remark(words.changedSecrets),
      ...secrets.map(
        (one) =>
          [
            createSecret(plan, one, '--dry-run=client', '--output=yaml'),
            shellLine('kubectl', 'apply', '-f', '-'),
          ].join(' | '),
      ),
      kubectl(
        plan,
        'rollout',
        'restart',
        'deployment,statefulset',
        '--selector',
        `app.kubernetes.io/part-of=${plan.name}`,
      ),
    ];
}

interface SecretSource {
  readonly name: string;
  readonly option: string;
}

/** Secrets of the cluster, with the option that names the file they are made from. */
function secretSources({ envFiles, secretFiles = [] }: Plan): SecretSource[] {
  return [
    ...envFiles.map(({ name, file }) => ({ name, option: `--from-env-file=${file}` })),
    ...secretFiles.map((one) => ({ name: one.name, option: `--from-file=${secretFileKey(one)}=${one.file}` })),
  ];
}

function createSecret(plan: Plan, { name, option }: SecretSource, ...more: readonly string[]): string {
  return kubectl(plan, 'create', 'secret', 'generic', name, option, ...more);
}

/** Whether its pod is a Deployment's or a StatefulSet's does not matter to the label. */
function attach(plan: Plan, service: string): string {
  const pod = kubectl(
    plan,
    'get',
    'pod',
    '--output',
    'name',
    '--selector',
    `app.kubernetes.io/name=${kubernetesName(service)}`,
  );
  return `${kubectl(plan, 'attach', '--stdin', '--tty')} "$(${pod})"`;
}

/** Those that are reached from outside on a workstation; without any, the first that has a port. */
function forwarded(services: readonly ServicePlan[]): ServicePlan[] {
  const reachable = services.filter((service) => service.ports.some((port) => port.protocol === 'tcp'));
  const outside = reachable.filter((service) => service.ports.some((port) => port.exposure !== 'internal'));
  return outside.length > 0 ? outside : reachable.slice(0, 1);
}

function forwardBlock(plan: Plan, { name, ports }: ServicePlan, words: CommandMessages): string[] {
  const forward = kubectl(plan, 'port-forward', `service/${kubernetesName(name)}`, ...forwardedPorts(ports));
  return [remark(words.forward(name)), forward];
}

function kubectl(plan: Plan, ...words: readonly string[]): string {
  return shellLine('kubectl', '--namespace', plan.name, ...words);
}
