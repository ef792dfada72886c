import { DocumentProblem, wrongValue } from './document-problem';
import { bytesOf } from '../quantity';
import { entriesOf, listOf, mapOf, textOf, Tree } from '../tree';

/** Keys of a service that say the same as a key of `deploy`, so that both must agree. */
const TWICE: readonly (readonly [key: string, deploy: readonly string[]])[] = [
  ['cpus', ['resources', 'limits', 'cpus']],
  ['mem_limit', ['resources', 'limits', 'memory']],
  ['pids_limit', ['resources', 'limits', 'pids']],
  ['mem_reservation', ['resources', 'reservations', 'memory']],
  ['scale', ['replicas']],
];

/** Finds keys that exclude each other, and entries that say too little. */
export function keyConflicts(file: Tree): DocumentProblem[] {
  const services = Object.entries(mapOf(file.services)).map(([name, value]) => ({ name, service: mapOf(value) }));
  return [
    ...services.flatMap(({ name, service }) => ofService(service, ['services', name])),
    ...sameContainerNames(services),
    ...['networks', 'volumes', 'secrets', 'configs'].flatMap((list) => (
      Object.entries(mapOf(file[list])).flatMap(([name, entry]) => ofEntry(list, mapOf(entry), [list, name])))),
  ];
}

function ofService(service: Tree, at: readonly string[]): DocumentProblem[] {
  const name = JSON.stringify(at[1]);
  const { build, image, provider, network_mode: mode, networks, container_name: container, deploy, scale } = service;
  const replicas = Number(mapOf(deploy).replicas ?? scale ?? 1);
  const problems: (readonly [isWrong: boolean, message: string, fix: string, ...keys: string[]])[] = [
    [
      textOf(image) === '' && build === undefined && provider === undefined,
      `The service ${name} has no image.`, 'Set "image" or "build".', 'image',
    ],
    [
      mode !== undefined && entriesOf(networks).length > 0,
      `The service ${name} has "network_mode" and "networks", which exclude each other.`,
      'Remove the networks: overrideCompose("networks", undefined, ...).', 'network_mode', 'networks',
    ],
    [
      mapOf(build).dockerfile !== undefined && mapOf(build).dockerfile_inline !== undefined,
      `The build of the service ${name} has "dockerfile" and "dockerfile_inline", which exclude each other.`,
      'Remove the file: overrideCompose("build", { dockerfile: undefined, ... }, ...).', 'build',
    ],
    [
      container !== undefined && replicas > 1,
      `The service ${name} has "container_name" and ${replicas} replicas, and names are unique.`,
      'Remove "container_name".', 'container_name', 'deploy', 'scale',
    ],
  ];
  const watches = listOf(mapOf(service.develop).watch).map(mapOf);
  return [
    ...watches
      .filter(({ action, target }) => textOf(action).startsWith('sync') && target === undefined)
      .map(() =>
        wrongValue(
          `The service ${name} has a watch of "sync" without "target".`,
          'Set "target" to a path of the container.',
          [...at, 'develop'],
        ),
      ),
    ...problems
      .filter(([isWrong]) => isWrong)
      .map(([, message, fix, ...keys]) => wrongValue(message, fix, ...keys.map((key) => [...at, key]))),
    ...TWICE.filter(([key, path]) =>
      isOther(
        service[key],
        path.reduce<unknown>((tree, step) => mapOf(tree)[step], deploy),
      ),
    ).map(([key, path]) =>
      wrongValue(
        `The service ${name} has another value in "${key}" than in "deploy.${path.join('.')}".`,
        `Override "deploy" instead of "${key}".`,
        [...at, key],
        [...at, 'deploy'],
      ),
    ),
  ];
}

function isOther(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined
    && textOf(one) !== textOf(other) && bytesOf(one) !== bytesOf(other);
}

function sameContainerNames(services: readonly { readonly name: string; readonly service: Tree }[]): DocumentProblem[] {
  const named = services.filter(({ service }) => service.container_name !== undefined);
  return named.flatMap(({ name, service: { container_name: container } }, index) => {
    const other = named.slice(0, index).find(({ service }) => service.container_name === container);
    return other === undefined ? [] : [wrongValue(
      `The services "${other.name}" and "${name}" have the container name ${JSON.stringify(container)}.`,
      'Give each container a name of its own.',
      ['services', name, 'container_name'], ['services', other.name, 'container_name'],
    )];
  });
}

/** Where a secret or config comes from: one of these. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  secrets: ['file', 'environment', 'external'],
  configs: ['file', 'environment', 'content', 'external'],
};

function ofEntry(list: string, entry: Tree, at: readonly string[]): DocumentProblem[] {
  const what = `The ${list.slice(0, -1)} ${JSON.stringify(at[1])}`;
  const isExternal = entry.external !== undefined && entry.external !== false;
  const beside = Object.keys(entry).filter((key) => !['external', 'name'].includes(key) && !key.startsWith('x-'));
  const sources = SOURCES[list]?.filter((key) => (key === 'external' ? isExternal : entry[key] !== undefined));
  if (isExternal && beside.length > 0) {
    return [wrongValue(
      `${what} is external and has "${beside[0]}": Compose does not create it.`, 'Keep "external" and "name" only.', at,
    )];
  }
  return sources === undefined || sources.length === 1 ? [] : [wrongValue(
    `${what} has ${sources.length === 0 ? 'no source' : sources.map((key) => `"${key}"`).join(' and ')}.`,
    `Set one of ${SOURCES[list].map((key) => `"${key}"`).join(', ')}.`, at,
  )];
}
