import { posix } from 'node:path';
import { commandSection, remark } from './commands';
import { compareText, groupBy } from '../../../plan/collections';
import { interpolationFiles } from '../../../plan/env-files';
import { PARAMETER_FILE } from '../../../plan/parameters';
import { HostServicePlan, Plan, ProfilePlan, ServicePlan, startUser } from '../../../plan/plan';
import { listenOnBridge, shareFolder, shellLine, SHOW_BRIDGE } from '../../host-commands';
import { composeWords } from '../check-command';
import { md } from '../escape/markdown';
import { visible } from '../escape/visible';
import { CommandMessages, Messages } from '../messages/messages';
import { Block } from '../page';
import { outputPlaces } from '../places';

/** More profiles than this are named by Compose's word for all of them. */
const MOST_PROFILES = 10;

/** More folders than this do not stand on one line. */
const MOST_FOLDERS = 10;

/**
 * Orphans are services that the model no longer has: without the last word they keep running. A session of `run` is
 * none.
 */
const UP = ['up', '--detach', '--wait', '--remove-orphans'];

/** How a person works the toolbox on a workstation. */
export function composeCommands(plan: Plan, { commands: words, page }: Messages): Block {
  const services = plan.services.filter((service) => service.places.includes('workstation'));
  return commandSection(page, md`Docker Compose`, services.length === 0 ? [] : blocksOf(plan, services, words));
}

function blocksOf(plan: Plan, services: readonly ServicePlan[], words: CommandMessages): string[][] {
  const terminals = services.filter((service) => service.terminal && service.lifecycle === 'long-running');
  const members = groupBy(services, ({ profile }) => profile ?? '');
  return [
    folderBlock(plan, words),
    envFileBlock(plan, words),
    ...plan.hostServices.map((host) => hostServiceBlock(host, words)),
    projectBlock(plan, words),
    buildBlock(plan, services, words),
    services.some((service) => service.profile === undefined)
      ? [remark(words.start), compose(plan, ...UP)] : [],
    ...plan.profiles.map((part) => partBlock(plan, part, members.get(part.name) ?? [], words)),
    services.some(({ lifecycle }) => lifecycle === 'long-running') ? [remark(words.again), remark(words.replaces)] : [],
    ...terminals.map(({ name }) => [remark(words.work(name)), compose(plan, 'run', '--rm', name)]),
    [remark(words.stop), compose(plan, ...profiles(plan.profiles.map(({ name }) => name)), 'down', '--remove-orphans')],
  ];
}

/** The compose file makes no folders by itself. */
function folderBlock(plan: Plan, words: CommandMessages): string[] {
  const folders = plan.volumes.flatMap((volume) =>
    volume.source.kind === 'host-directory' ? [volume.source.directory] : [],
  );
  const commands = Array.from({ length: Math.ceil(folders.length / MOST_FOLDERS) }, (_, index) => (
    shellLine('mkdir', '-p', ...folders.slice(index * MOST_FOLDERS, (index + 1) * MOST_FOLDERS))));
  return folders.length === 0 ? [] : [remark(words.folders), ...commands, ...writerLines(plan, words)];
}

/**
 * A Linux engine does not map users: uid 10001 in a container is uid 10001 on the host. An ACL lets it write, and
 * leaves the folder and what is made there to the person as well.
 */
function writerLines({ volumes, services }: Plan, words: CommandMessages): string[] {
  const uidOf = new Map(services.map((service) => [service.name, startUser(service)?.uid]));
  return volumes.flatMap(({ source, users }) => {
    const writing = users.filter(({ readOnly }) => !readOnly).flatMap(({ service }) => uidOf.get(service) ?? []);
    const uids = [...new Set(writing.filter((uid) => uid !== 0))].sort((a, b) => a - b);
    return source.kind === 'host-directory' && uids.length > 0
      ? [remark(words.writable(source.directory, uids.join(', '))), shareFolder(source.directory, uids)] : [];
  });
}

function envFileBlock(plan: Plan, words: CommandMessages): string[] {
  const copied = (file: string): string => [
    ...(posix.dirname(file) === '.' ? [] : [shellLine('mkdir', '-p', posix.dirname(file))]),
    shellLine('cp', '-n', outputPlaces(plan).envExample(file), file),
    shellLine('chmod', '600', file),
  ].join(' && ');
  const files = plan.envFiles.map(({ file }) => file);
  const { secretFiles = [] } = plan;
  const own = plan.parameters.length === 0 || files.includes(PARAMETER_FILE) ? [] : [PARAMETER_FILE];
  return [
    ...(files.length === 0 ? [] : [remark(words.envFiles), ...files.map(copied)]),
    ...(secretFiles.length === 0 ? [] : [remark(words.secretFiles), ...secretFiles.map(({ file }) => emptyFile(file))]),
    ...(own.length === 0 ? [] : [remark(words.parameters), ...own.map(copied)]),
  ];
}

/** A service reads it as another user; the folder keeps others out. */
function emptyFile(file: string): string {
  const folder = posix.dirname(file);
  return [
    ...(folder === '.' ? [] : [shellLine('mkdir', '-p', folder), shellLine('chmod', '700', folder)]),
    shellLine('touch', file),
    shellLine('chmod', '644', file),
  ].join(' && ');
}

/**
 * Compose reads the name beside the file, or from the file it is given, so every later command means the same project.
 * A remark, since few people need it.
 */
function projectBlock(plan: Plan, words: CommandMessages): string[] {
  const [file = `${posix.dirname(outputPlaces(plan).composeFile)}/.env`] = interpolationFiles(plan);
  return [
    remark(words.project),
    `#   ${visible(shellLine('echo', `COMPOSE_PROJECT_NAME=${plan.name}-2`))} >> ${visible(shellLine(file))}`,
  ];
}

/** Containers on Linux do not reach the host's loopback. */
function hostServiceBlock(host: HostServicePlan, words: CommandMessages): string[] {
  const commands = listenOnBridge(host, '"$bridge"');
  return commands.length === 0 ? [] : [remark(words.listen(host.name)), `bridge="$(${SHOW_BRIDGE})"`, ...commands];
}

/** Compose leaves out what a profile hides, unless the profile is named. */
function buildBlock(plan: Plan, services: readonly ServicePlan[], words: CommandMessages): string[] {
  const built = services.filter((service) => service.image.build !== undefined);
  const parts = [...new Set(built.flatMap((service) => service.profile ?? []))].sort(compareText);
  return built.length === 0 ? [] : [remark(words.build), compose(plan, ...profiles(parts), 'build')];
}

/** A part that ends by itself is run; any other is started. */
function partBlock(plan: Plan, part: ProfilePlan, members: readonly ServicePlan[], words: CommandMessages): string[] {
  if (members.length === 0) {
    return [];
  }
  const title = remark(words.part(part.name, part.description));
  return members.every((service) => service.lifecycle === 'one-shot')
    ? [title, ...members.map(({ name }) => compose(plan, 'run', '--rm', name))]
    : [title, compose(plan, ...profiles([part.name]), ...UP)];
}

function profiles(parts: readonly string[]): string[] {
  return parts.length > MOST_PROFILES ? ['--profile', '*'] : parts.flatMap((part) => ['--profile', part]);
}

function compose(plan: Plan, ...words: readonly string[]): string {
  return shellLine(...composeWords(plan, ...words));
}
