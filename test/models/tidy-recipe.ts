import { AddressRecipe, HealthRecipe, PieceRecipe, Recipe, ServiceRecipe } from './recipe';
import { fitting } from '../parity/arbitrary-container';

/** Takes away what does not fit together, so that what is left is only refused for what is said in it. */
export function tidy(recipe: Recipe): Recipe {
  const services: ServiceRecipe[] = [];
  recipe.services.forEach((one, index) => services.push(tidyService(one, index, recipe, services)));
  const envFiles = distinct(recipe.envFiles, ({ file }) => file.toLowerCase());
  return {
    ...recipe,
    envFiles,
    hosts: recipe.hosts
      .filter(({ name }) => services.every(({ id }) => id !== name))
      .map((host) => ({ ...host, standIn: undefined })),
    volumes: recipe.volumes.map((one, index) => ({
      ...one,
      multiWriter: true,
      directory: one.directory && `${one.directory}-${index}`,
    })),
    services,
    policies: envFiles.some(({ keys }) => keys.length > 0)
      ? recipe.policies
        .filter(({ clients }) => clients.length > 0)
        .map((one) => ({ ...one, clients: one.clients.map((client) => keyThere(client, envFiles)) }))
      : [],
    checks: recipe.checks.map((one) => ({ ...one, files: ['package.json'] })),
  };
}

function keyThere<T extends { readonly envFile: number; readonly key: number }>(
  client: T,
  envFiles: Recipe['envFiles'],
): T {
  return { ...client, envFile: envFiles.findIndex(({ keys }) => keys.length > 0) };
}

function tidyService(
  one: ServiceRecipe,
  index: number,
  recipe: Recipe,
  before: readonly ServiceRecipe[],
): ServiceRecipe {
  const networks =
    recipe.networks.length === 0
      ? []
      : distinct(one.networks, ({ network }) => String(network % recipe.networks.length));
  const opensOut = networks.some(({ network }) => recipe.networks[network % recipe.networks.length].egress !== 'none');
  const online = networks.some(
    ({ network }) => recipe.networks[network % recipe.networks.length].egress === 'internet',
  );
  const ports = distinct(
    distinct(one.ports, ({ port, udp }) => `${port}/${udp}`),
    ({ name, port }) => name ?? `port-${port}`,
  ).map((port, at): ServiceRecipe['ports'][number] => ({
    ...port,
    exposure: opensOut ? port.exposure : 'internal',
    hostPort: port.exposure === 'internal' || !opensOut ? undefined : 20000 + 10 * index + at,
  }));
  const bare: ServiceRecipe = { ...one, networks, ports, resources: tidyResources(one.resources) };
  const reachable = (address: AddressRecipe): boolean => isReachable(address, bare, recipe, before);
  return {
    ...bare,
    image: {
      ...one.image,
      downloadsAtStart: one.image.downloadsAtStart && online,
      writablePaths: distinct(one.image.writablePaths, (path) => path),
    },
    container: one.container && fitting(
      one.container,
      `container-${index}`,
      ports.some(({ hostPort, exposure }) => hostPort !== undefined || exposure !== 'internal'),
    ),
    composeOverrides: one.places.includes('workstation') ? one.composeOverrides : [],
    patches: one.places.includes('cluster') ? one.patches : [],
    gpus: one.gpus === 'all' ? undefined : one.gpus,
    health: one.oneShot || !one.health ? undefined : tidyHealth(one.health, ports, one.image.healthTools),
    environment: distinct(
      one.environment.flatMap(([name, value]) =>
        !(value.kind === 'concat' ? value.parts : [value]).every(
          (part) => part.kind !== 'endpoint' || reachable(part.address),
        )
          ? []
          : [[nameOf(name, value, recipe), value] as const],
      ),
      ([name]) => name,
    ),
    mounts: distinct(
      distinct(one.mounts, ({ path }) => path),
      (mount) => (mount.kind === 'file' ? mount.name.toLowerCase() : mount.path),
    ).map((mount) =>
      mount.kind === 'file'
        ? {
          ...mount,
          content: mount.content.filter(
            (piece: PieceRecipe) => piece.kind !== 'endpoint' || reachable(piece.address),
          ),
        }
        : mount,
    ),
    dependencies: distinct(
      one.dependencies
        .flatMap((dependency) => {
          const service = dependency.service % Math.max(1, recipe.services.length);
          const other = before[service];
          return other === undefined ? [] : [{ service, condition: conditionOf(dependency.condition, other) }];
        })
        .filter(({ service }) => goesTogether(one, before[service], recipe)),
      ({ service }) => String(service),
    ),
  };
}

/** A secret has the name of its key, unless it has another. */
function nameOf(name: string, value: ServiceRecipe['environment'][number][1], { envFiles }: Recipe): string {
  const files = distinct(envFiles, ({ file }) => file.toLowerCase());
  const keys = value.kind === 'secret' && files.length > 0 ? files[value.envFile % files.length].keys : [];
  return value.kind === 'secret' && !value.isRenamed && keys.length > 0 ? keys[value.key % keys.length].name : name;
}

/** What talks to the host is left to other tests: it needs a stand-in that fits. */
function isReachable(
  address: AddressRecipe,
  { networks, places }: ServiceRecipe,
  recipe: Recipe,
  before: readonly ServiceRecipe[],
): boolean {
  const { to, index, port } = address;
  const target = to === 'service' && recipe.services.length > 0 ? before[index % recipe.services.length] : undefined;
  const count = recipe.networks.length;
  return (
    target?.ports[port] !== undefined &&
    places.every((place) => target.places.includes(place)) &&
    networks.some((mine) => target.networks.some((theirs) => mine.network % count === theirs.network % count))
  );
}

function goesTogether(one: ServiceRecipe, other: ServiceRecipe, { parts }: Recipe): boolean {
  const part = ({ part: index }: ServiceRecipe): number | undefined =>
    index === undefined || parts.length === 0 ? undefined : index % parts.length;
  return (
    one.places.every((place) => other.places.includes(place)) &&
    (part(other) === undefined || part(other) === part(one))
  );
}

function conditionOf(
  wanted: ServiceRecipe['dependencies'][number]['condition'],
  other: ServiceRecipe,
): ServiceRecipe['dependencies'][number]['condition'] {
  if (other.oneShot) {
    return 'completed';
  }
  const isChecked = other.health !== undefined && other.health.kind !== 'none';
  return wanted === 'healthy' && isChecked ? 'healthy' : 'started';
}

function tidyHealth(
  health: HealthRecipe,
  ports: ServiceRecipe['ports'],
  tools: readonly string[],
): HealthRecipe | undefined {
  if (health.kind === 'shell' || health.kind === 'image' || health.kind === 'none') {
    return health;
  }
  const can = (...needed: readonly string[]): boolean => needed.some((tool) => tools.includes(tool));
  const kind =
    ports.length === 0 || (health.kind === 'http' ? !can('curl', 'wget', 'node') : !can('nc', 'bash', 'node'))
      ? 'command'
      : health.kind;
  return kind === 'command' && !can('curl')
    ? undefined
    : { ...health, kind, port: ports.length === 0 ? health.port : health.port % ports.length };
}

function tidyResources(resources: ServiceRecipe['resources']): ServiceRecipe['resources'] {
  return resources && { ...resources, cpuRequest: undefined, memoryRequest: undefined };
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
