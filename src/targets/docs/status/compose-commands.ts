import { compareText } from '../../../plan/order';
import { OptionalPartPlan, Plan, ServicePlan, VolumePlan } from '../../../plan/plan';
import { fence } from '../escape/fence';
import { md } from '../escape/markdown';
import { shellLine } from '../escape/shell-word';
import { visible } from '../escape/visible';
import { Block, section } from '../page';
import { outputPlaces } from '../places';

/** How a person works the toolbox on a workstation. */
export function composeCommands(plan: Plan): Block {
  const services = plan.services.filter((service) => service.places.includes('workstation'));
  return section(md`Docker Compose`, services.length === 0 ? [] : [fence('sh', blocksOf(plan, services).map((block) => block.join('\n')).join('\n\n'))], 3);
}

function blocksOf(plan: Plan, services: readonly ServicePlan[]): string[][] {
  const everything = plan.optionalParts.flatMap((part) => ['--profile', part.name]);
  const terminals = services.filter((service) => service.terminal && service.lifecycle === 'long-running');
  return [
    folderBlock(plan),
    envFileBlock(plan),
    buildBlock(plan, services),
    services.some((service) => service.optionalPart === undefined)
      ? ['# Start what is always there, and wait until it is healthy', compose(plan, 'up', '--detach', '--wait')] : [],
    ...plan.optionalParts.map((part) => partBlock(plan, part, services)),
    ...terminals.map(({ name }) => [`# Work in ${visible(name)}`, compose(plan, 'run', '--rm', name)]),
    ['# Stop everything; volumes stay', compose(plan, ...everything, 'down')],
  ].filter((block) => block.length > 0);
}

/** The compose file makes no folders by itself. */
function folderBlock(plan: Plan): string[] {
  const folders = plan.volumes.flatMap((volume) => (volume.source.kind === 'host-directory' ? [volume.source.directory] : []));
  const writers = plan.volumes.flatMap((volume) => writerLines(plan, volume));
  return folders.length === 0 ? [] : ['# Once: folders of the host', ...writers, shellLine('mkdir', '-p', ...folders)];
}

function envFileBlock(plan: Plan): string[] {
  const files = plan.envFiles.map(({ file }) => shellLine('cp', '-n', outputPlaces(plan).envExample(file), file));
  return files.length === 0 ? [] : ['# Once: copy, then fill in the values, and never commit them', ...files];
}

/** Compose leaves out what a profile hides, unless the profile is named. */
function buildBlock(plan: Plan, services: readonly ServicePlan[]): string[] {
  const built = services.filter((service) => service.image.build !== undefined);
  const profiles = [...new Set(built.flatMap((service) => service.optionalPart ?? []))].sort(compareText);
  return built.length === 0 ? [] : [
    '# Build the images that are built here',
    compose(plan, ...profiles.flatMap((profile) => ['--profile', profile]), 'build'),
  ];
}

/** A Linux engine does not map users: what is uid 10001 in a container is uid 10001 on the host. */
function writerLines(plan: Plan, { source, users }: VolumePlan): string[] {
  const writing = new Set(users.filter((user) => !user.readOnly).map((user) => user.service));
  const uids = new Set(plan.services.filter((service) => writing.has(service.name) && service.user.uid !== 0).map((service) => service.user.uid));
  return source.kind === 'host-directory' && uids.size > 0
    ? [`# On Linux ${visible(source.directory)} must be writable for the user ${[...uids].sort((a, b) => a - b).join(', ')}`] : [];
}

/** A part that ends by itself is run; any other is started. */
function partBlock(plan: Plan, part: OptionalPartPlan, services: readonly ServicePlan[]): string[] {
  const members = services.filter((service) => service.optionalPart === part.name);
  if (members.length === 0) {
    return [];
  }
  const title = `# Optional part ${visible(part.name)}: ${visible(part.description)}`;
  return members.every((service) => service.lifecycle === 'one-shot')
    ? [title, ...members.map(({ name }) => compose(plan, 'run', '--rm', name))]
    : [title, compose(plan, '--profile', part.name, 'up', '--detach', '--wait')];
}

function compose(plan: Plan, ...words: readonly string[]): string {
  return shellLine('docker', 'compose', '-f', outputPlaces(plan).composeFile, ...words);
}
