import { Plan, ServicePlan } from '../../../plan/plan';
import { secretsIn } from '../../../plan/value-parts';
import { ALL_SETTINGS } from '../../container-settings';

/** The words that targets use for facts, in reading order, and whether a service states the fact. */
const FACTS: readonly (readonly [word: string, isStated: (service: ServicePlan) => boolean])[] = [
  ['image', () => true],
  ['image build', (service) => service.image.build !== undefined],
  ['profile', (service) => service.profile !== undefined],
  ['entry point', (service) => service.entrypoint !== undefined],
  ['command', (service) => service.command !== undefined],
  ['working directory', (service) => service.workingDirectory !== undefined],
  ['environment', (service) => service.environment.some(({ value }) => value.kind !== 'secret')],
  [
    'secrets',
    (service) =>
      service.envFiles !== undefined ||
      service.mounts.some(({ kind }) => kind === 'secret') ||
      service.environment.some(({ value }) => secretsIn(value).length > 0),
  ],
  ['mounts', (service) => service.mounts.length > 0],
  ['ports', (service) => service.ports.length > 0],
  ['port exposure', (service) => service.ports.some((port) => port.exposure !== 'internal')],
  ['network aliases', (service) => service.attachments.some((attachment) => attachment.aliases.length > 0)],
  ['health check', (service) => service.healthCheck !== undefined],
  ['dependencies', (service) => service.dependencies.length > 0],
  ['cpu limit', (service) => service.resources.cpuMillis !== undefined],
  ['memory limit', (service) => service.resources.memoryMegabytes !== undefined],
  ['process limit', (service) => service.resources.pids !== undefined],
  ['ephemeral storage', (service) => service.resources.ephemeralStorageMegabytes !== undefined],
  ['accelerator', (service) => service.accelerator !== undefined],
  ['terminal', (service) => service.terminal],
  ['user', () => true],
  ['read-only root', (service) => service.readOnlyRoot],
  ['capabilities', () => true],
  ['init process', (service) => service.init],
  ['restart policy', () => true],
  ['stop grace period', () => true],
  ['log rotation', () => true],
  ...ALL_SETTINGS.map(
    ({ fact, name }) => [fact, ({ container = {} }: ServicePlan) => container[name] !== undefined] as const,
  ),
];

/** Facts that at least one service states. */
export function factsInUse(plan: Plan): string[] {
  return FACTS.filter(([, isStated]) => plan.services.some(isStated)).map(([word]) => word);
}
