import { OptionalPartPlan, Plan, ServicePlan } from '../../../plan/plan';
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
    beforehand(plan),
    services.some((service) => service.image.build !== undefined) ? ['# Build the images that are built here', compose(plan, ...everything, 'build')] : [],
    services.some((service) => service.optionalPart === undefined)
      ? ['# Start what is always there, and wait until it is healthy', compose(plan, 'up', '--detach', '--wait')] : [],
    ...plan.optionalParts.map((part) => partBlock(plan, part, services)),
    ...terminals.map(({ name }) => [`# Work in ${visible(name)}`, compose(plan, 'run', '--rm', name)]),
    ['# Stop everything; volumes stay', compose(plan, ...everything, 'down')],
  ].filter((block) => block.length > 0);
}

/** What must be there: the compose file makes no folders, and holds no values. */
function beforehand(plan: Plan): string[] {
  const folders = plan.volumes.flatMap((volume) => (volume.source.kind === 'host-directory' ? [volume.source.directory] : []));
  const files = plan.envFiles.map(({ file }) => shellLine('cp', '-n', outputPlaces(plan).envExample(file), file));
  return [
    ...folders.length === 0 ? [] : ['# Once: folders of the host', shellLine('mkdir', '-p', ...folders)],
    ...files.length === 0 ? [] : ['# Once: then fill in the values, and never commit them', ...files],
  ];
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
