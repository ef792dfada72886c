import { posix } from 'node:path';
import { canonicalMount } from './canonical-mounts';
import { canonicalResources } from './canonical-resources';
import { milliseconds } from './quantities';
import { Environment, interpolated } from '../compose/interpolate';
import { ComposeNode, get, MapNode, plain, textOf } from '../compose/node';

/** Plain data of which two of the same meaning are equal. */
export type Canonical = { readonly [key: string]: unknown };

/** Where a compose file stands. */
export interface ComposeSetting {
  /** Name of the project if the file says none. */
  readonly project: string;
  /** Values of variables. */
  readonly environment: Environment;
  /** Content of generated files by their path, relative to the project's folder. */
  readonly generated: ReadonlyMap<string, string>;
  /** Variables of each service that the file of secrets sets, and their keys there. */
  readonly secrets?: ReadonlyMap<string, readonly (readonly [variable: string, key: string])[]>;
}

/** Settings that Compose takes as absent. */
const OFF: Readonly<Record<string, unknown>> = { restart: 'no', network_mode: 'bridge' };

/**
 * Writes the meaning of a compose file so that two files of the same meaning give the same: defaults left out, sizes
 * and times as numbers, volumes and networks under the names that the engine knows.
 */
export function canonical(document: MapNode, setting: ComposeSetting): Canonical {
  const filled = interpolated(document, setting.environment) as MapNode;
  const project = textOf(get(filled, 'name')) ?? setting.project;
  const names = { volumes: namesOf(filled, 'volumes', project), networks: namesOf(filled, 'networks', project) };
  const scope: Scope = { ...setting, project, document: filled, names };
  const services = entries(get(filled, 'services')).map(([name, service]) =>
    [name, canonicalService(name, service, scope)] as const);
  return {
    services: Object.fromEntries(services) as Canonical,
    volumes: resources(filled, 'volumes', names.volumes, usedNames(services, 'volumes')),
    networks: resources(filled, 'networks', names.networks, usedNames(services, 'networks')),
    models: get(filled, 'models') === undefined ? {} : withoutEmpty(plain(get(filled, 'models')!)),
  };
}

/** What the parts of a service refer to. */
export interface Scope extends ComposeSetting {
  readonly document: MapNode;
  readonly names: Readonly<Record<'volumes' | 'networks', ReadonlyMap<string, string>>>;
}

/** Names that the engine knows, by key. */
function namesOf(document: MapNode, section: string, project: string): Map<string, string> {
  return new Map(entries(get(document, section)).map(([key, one]) => {
    const isExternal = String(plainOf(get(one, 'external'))) === 'true';
    return [key, textOf(get(one, 'name')) ?? (isExternal ? key : `${project}_${key}`)];
  }));
}

/** Names of the volumes or networks that services use: Compose makes no others. */
function usedNames(services: readonly (readonly [string, Canonical])[], section: string): Set<unknown> {
  return new Set(services.flatMap(([, service]) => {
    const used = Object.entries((service[section] ?? {}) as Record<string, Canonical>);
    return section === 'networks' ? used.map(([key]) => key) : used.map(([, { source }]) => source);
  }));
}

function resources(
  document: MapNode,
  section: string,
  names: ReadonlyMap<string, string>,
  used: ReadonlySet<unknown>,
): Canonical {
  return Object.fromEntries(
    entries(get(document, section))
      .map(([key, one]) => {
        const { name: _, ...rest } = (plainOf(one) ?? {}) as Record<string, unknown>;
        const kept = withoutEmpty(rest) as Record<string, unknown>;
        if (kept.driver === (section === 'volumes' ? 'local' : 'bridge')) {
          delete kept.driver;
        }
        return [names.get(key)!, kept];
      })
      .filter(
        ([name, one]) => used.has(name) && (name !== names.get('default') || Object.keys(one as object).length > 0),
      ),
  );
}

function canonicalService(name: string, service: ComposeNode, scope: Scope): Canonical {
  const { deploy, ...all } = canonicalResources(withSecrets(name, plainOf(service) as Record<string, unknown>, scope));
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(all)) {
    const convert = KEYS[key];
    result[key] = convert === undefined || value === null ? value : convert(value, scope);
  }
  const withDeploy = deploy === undefined ? result : { ...result, deploy };
  const kept = withoutEmpty(withDeploy) as Record<string, unknown>;
  for (const [key, off] of Object.entries(OFF)) {
    if (kept[key] === off) {
      delete kept[key];
    }
  }
  delete kept.expose;
  return { ...kept, image: imageOf(name, kept, scope), ...networksOf(kept, scope) };
}

/** Each service reads from the file of secrets what it declares. */
function withSecrets(
  name: string,
  service: Readonly<Record<string, unknown>>,
  { secrets, environment }: Scope,
): Record<string, unknown> {
  const files = (service.env_file ?? []) as Record<string, unknown>[];
  if (secrets === undefined || !files.some(({ path }) => path === SECRETS_FILE)) {
    return service;
  }
  const values = (secrets.get(name) ?? []).map(([variable, key]) => [variable, environment.get(key) ?? null]);
  return {
    ...service,
    env_file: files.filter(({ path }) => path !== SECRETS_FILE),
    environment: { ...Object.fromEntries(values) as object, ...service.environment as object },
  };
}

/** Compose names the image of a service that it builds after the project. */
function imageOf(name: string, service: Readonly<Record<string, unknown>>, { project }: Scope): string | undefined {
  const given = service.image as string | undefined ?? (service.build === undefined ? undefined : `${project}-${name}`);
  return given === undefined || /[:@][^/]*$/.test(given) ? given : `${given}:latest`;
}

/** Without networks of its own, a service is on the default one. */
function networksOf({ networks, network_mode: mode }: Readonly<Record<string, unknown>>, scope: Scope): Canonical {
  if (mode !== undefined) {
    return {};
  }
  const given = Object.entries((networks ?? { default: null }) as Record<string, unknown>);
  const named = given.map(([key, options]) =>
    [scope.names.networks.get(key) ?? `${scope.project}_${key}`, withoutEmpty(options ?? {})]);
  return { networks: Object.fromEntries(named) as Canonical };
}

const SECRETS_FILE = '.env.local';

/** A variable that has a value only if the caller of Compose has one. */
export const UNSET = 'unset';

/** Times that an engine takes if a health check gives none, in milliseconds. */
const HEALTH_TIMES: Readonly<Record<string, number>> = {
  interval: 30_000, timeout: 30_000, start_period: 0, start_interval: 5000,
};

type Convert = (value: unknown, scope: Scope) => unknown;

const KEYS: Readonly<Record<string, Convert>> = {
  annotations: texts,
  build: (value) => {
    const build = withoutEmpty(value) as Record<string, unknown>;
    return {
      ...build,
      context:
        typeof build.context === 'string' && !/^\w+:\/\/|^git@/.test(build.context)
          ? posix.normalize(build.context).replace(/(?<=.)\/$/, '')
          : build.context,
      dockerfile: build.dockerfile ?? (build.dockerfile_inline === undefined ? 'Dockerfile' : undefined),
      args: texts(build.args),
    };
  },
  cap_add: capabilities,
  cap_drop: capabilities,
  configs: (value, scope) => grants(value, 'configs', '/', scope),
  depends_on: (value) =>
    Object.fromEntries(
      Object.entries(value as Record<string, Record<string, unknown>>).map(([name, { required, ...rest }]) => [
        name,
        { ...rest, ...(required === false ? { required } : {}) },
      ]),
    ),
  environment: (value, { environment }) =>
    Object.fromEntries(
      Object.entries(value as object)
        .map(([name, one]: [string, unknown]) => [name, one ?? environment.get(name)])
        .map(([name, one]) => [name, one === undefined ? UNSET : `=${String(one)}`]),
    ),
  env_file: (value) =>
    (value as Record<string, unknown>[]).map((one) => ({
      ...one,
      path: typeof one.path === 'string' ? posix.normalize(one.path) : one.path,
      required: one.required === false ? false : undefined,
    })),
  group_add: sortedTexts,
  healthcheck: (value) => {
    const { test, disable, retries, ...times } = value as Record<string, unknown>;
    if (disable === true || (Array.isArray(test) && test[0] === 'NONE')) {
      return { disable: true };
    }
    return {
      test,
      ...(retries === undefined || Number(retries) === 3 ? {} : { retries: Number(retries) }),
      ...Object.fromEntries(
        Object.entries(times)
          .map(([key, time]) => [key, milliseconds(time)])
          .filter(([key, time]) => time !== HEALTH_TIMES[String(key)]),
      ),
    };
  },
  labels: (value) =>
    Object.fromEntries(Object.entries(texts(value)).filter(([name]) => !name.startsWith('toolbox-constructs.'))),
  ports: (value) => (value as Record<string, unknown>[]).map(port).sort(byText),
  secrets: (value, scope) => grants(value, 'secrets', '/run/secrets/', scope),
  security_opt: (value) =>
    (value as unknown[]).map((one) => String(one).replace(/^no-new-privileges[:=]true$/, 'no-new-privileges')).sort(),
  stop_grace_period: (value) => (milliseconds(value) === 10_000 ? undefined : milliseconds(value)),
  sysctls: texts,
  tmpfs: (value) => sortedTexts(value),
  user: (value) => String(value),
  volumes: (value, scope) =>
    Object.fromEntries((value as Record<string, unknown>[]).map((one) => canonicalMount(one, scope))),
};

function port({ mode, protocol, published, target, host_ip: address, ...rest }: Record<string, unknown>): Canonical {
  return {
    ...rest,
    ...mode === 'ingress' || mode === undefined ? {} : { mode },
    ...protocol === 'tcp' || protocol === undefined ? {} : { protocol },
    ...published === undefined || published === '' ? {} : { published: String(published) },
    ...address === undefined || address === '' || address === '0.0.0.0' ? {} : { host_ip: address },
    target: String(target),
  };
}

/** Files that a service is given: what they are and where they appear, whatever they are called. */
function grants(value: unknown, section: string, folder: string, { document }: Scope): unknown {
  return (value as Record<string, unknown>[]).map(({ source, target, ...rest }) => {
    const name = typeof target === 'string' && target !== '' ? target : String(source);
    return {
      ...rest,
      target: posix.join(
        section === 'secrets' || name.startsWith('/') ? folder : '/',
        posix.isAbsolute(name) ? posix.relative(folder, name) : name,
      ),
      from: granted(plainOf(get(document, section, String(source))) ?? String(source)),
    };
  }).sort(byText);
}

function granted(from: unknown): unknown {
  const kept = withoutEmpty(from) as Record<string, unknown> | string;
  return typeof kept === 'object' && typeof kept.file === 'string'
    ? { ...kept, file: posix.normalize(kept.file) }
    : kept;
}

function capabilities(value: unknown): string[] {
  return (value as unknown[]).map((one) => String(one).toUpperCase().replace(/^CAP_/, '')).sort();
}

function sortedTexts(value: unknown): string[] {
  return (value as unknown[]).map(String).sort();
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries((value ?? {}) as object)
    .map(([name, one]: [string, unknown]) => [name, one === null ? '' : String(one)]));
}

export function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Leaves out what means the same as nothing. Empty commands and texts inside of lists stay. */
export function withoutEmpty(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withoutEmpty(one));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value).map(([name, one]) => [name, withoutEmpty(one, name)] as const)
    .filter(([name, one]) => one !== undefined && one !== null && one !== false && (key === 'environment' || one !== '')
      && !(typeof one === 'object' && Object.keys(one).length === 0 && !/^(command|entrypoint)$/.test(name)
        && !/^(depends_on|networks|models)$/.test(key)));
  return Object.fromEntries(kept);
}

function entries(node: ComposeNode | undefined): [string, ComposeNode][] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

function plainOf(node: ComposeNode | undefined): unknown {
  return node === undefined ? undefined : plain(node);
}
