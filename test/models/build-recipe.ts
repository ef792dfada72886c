import {
  AddressRecipe,
  CheckRecipe,
  HealthRecipe,
  ImageRecipe,
  MountRecipe,
  ParameterUseRecipe,
  PieceRecipe,
  PolicyRecipe,
  Recipe,
  ServiceRecipe,
  ValueRecipe,
} from './recipe';
import {
  Accelerator,
  Argument,
  Check,
  CheckCommand,
  ConfigFile,
  ContainerOptions,
  Content,
  Cpu,
  Decision,
  DependencyCondition,
  Duration,
  Egress,
  Endpoint,
  EnvFile,
  EnvironmentValue,
  FileOperation,
  HealthCheck,
  HostService,
  Image,
  ImageOperation,
  JsonPatch,
  Lifecycle,
  Mount,
  Prerequisite,
  Network,
  Parameter,
  Profile,
  Place,
  Port,
  Protocol,
  RestartPolicy,
  Secret,
  Service,
  Size,
  Tool,
  ToolClient,
  ToolPolicy,
  Toolbox,
  User,
  Volume,
  Waiver,
} from '../../src/core';
import { ContainerPlan } from '../../src/plan/container-plan';

/** Gives a list in the order in which things are written down; must not count. */
export type Order = <T>(items: readonly T[]) => readonly T[];

export const AS_WRITTEN: Order = (items) => items;
export const BACKWARDS: Order = (items) => [...items].reverse();

/** Some other order, the same for the same number. */
export function shuffledBy(seed: number): Order {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return (items) => items.map((item) => [next(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** Makes the toolbox of a recipe through the public surface, as a person would. */
export function buildRecipe(recipe: Recipe, order: Order = AS_WRITTEN): Toolbox {
  return new Builder(recipe, order).build();
}

const CONDITIONS = {
  started: DependencyCondition.STARTED,
  healthy: DependencyCondition.HEALTHY,
  completed: DependencyCondition.COMPLETED,
};
const RESTARTS = {
  'never': RestartPolicy.NEVER,
  'on-failure': RestartPolicy.onFailure(5),
  'always': RestartPolicy.ALWAYS,
  'unless-stopped': RestartPolicy.UNLESS_STOPPED,
};
const EGRESSES = { none: Egress.NONE, host: Egress.HOST, internet: Egress.INTERNET };

class Builder {
  private readonly box: Toolbox;
  private readonly networks: ReadonlyMap<number, Network>;
  private readonly volumes: ReadonlyMap<number, Volume>;
  private readonly parts: ReadonlyMap<number, Profile>;
  private readonly keys: ReadonlyMap<number, ReadonlyMap<number, Secret>>;
  private readonly parameters: ReadonlyMap<number, Parameter>;
  private readonly hosts: ReadonlyMap<number, HostService>;
  private readonly services: ReadonlyMap<number, Service>;

  constructor(private readonly recipe: Recipe, private readonly order: Order) {
    const { name, title, description, source, roadmap } = recipe;
    this.box = new Toolbox(name, { title, description, source, roadmap: [...roadmap] });
    this.networks = this.each(
      recipe.networks,
      (one, id) => new Network(this.box, `network-${id}`, { ...one, egress: EGRESSES[one.egress] }),
    );
    this.volumes = this.each(recipe.volumes, ({ directory, megabytes, ...one }, id) => {
      const options = { ...one, size: Size.mebibytes(megabytes) };
      return directory === undefined
        ? Volume.persistent(this.box, `volume-${id}`, options)
        : Volume.hostDirectory(this.box, `volume-${id}`, { ...options, directory });
    });
    this.parts = this.each(recipe.parts, (one, id) => new Profile(this.box, `part-${id}`, one));
    this.keys = this.each(recipe.envFiles, ({ name: own, file, keys }, id) => {
      const envFile = new EnvFile(this.box, `env-${id}`, { name: own, file });
      return this.each(keys, (key) => new Secret(envFile, key.name, { description: key.description }));
    });
    this.parameters = this.each(
      recipe.parameters ?? [],
      ({ name: own, ...props }, id) => new Parameter(this.box, `parameter-${id}`, { ...props, name: own }),
    );
    this.hosts = this.each(
      recipe.hosts,
      ({ name: own, port, hostname }) => new HostService(this.box, own, { port, hostname }),
    );
    this.services = this.each(recipe.services, (one) => this.service(one));
  }

  public build(): Toolbox {
    const { recipe, box } = this;
    this.each(recipe.services, (one, id) => this.connect(this.services.get(id)!, one));
    this.each(recipe.hosts, ({ standIn, relay }, id) => {
      at(this.services, standIn, (service) => this.hosts.get(id)!.replaceInCluster(service));
      at(this.services, relay, (service) => this.hosts.get(id)!.relayThrough(service));
    });
    this.each(recipe.policies, (one, id) => this.policy(one, id));
    this.each(
      recipe.waivers,
      ({ service, ...one }, id) => new Waiver(at(this.services, service, (it) => it) ?? box, `waiver-${id}`, one),
    );
    this.each(recipe.checks, (one) => this.check(one));
    this.each(
      recipe.decisions,
      (one, id) =>
        new Decision(box, `decision-${id}`, { ...one, alternatives: [...one.alternatives], reasons: [...one.reasons] }),
    );
    return box;
  }

  /** What is made of each item, by its place in the recipe, in whatever order. */
  private each<T, U>(items: readonly T[], make: (item: T, index: number) => U): ReadonlyMap<number, U> {
    return new Map(this.order([...items.entries()]).map(([index, item]) => [index, make(item, index)]));
  }

  private service(one: ServiceRecipe): Service {
    const { resources, logs, gpus } = one;
    return new Service(this.box, one.id, {
      name: one.name,
      description: one.description,
      image: imageOf({ ...one.image, args: [...one.image.args, ...this.variablesOf(one, 'argument')] }),
      lifecycle: one.oneShot ? Lifecycle.ONE_SHOT : undefined,
      profile: at(this.parts, one.part, (part) => part),
      places: this.order(one.places).map((place) => (place === 'cluster' ? Place.CLUSTER : Place.WORKSTATION)),
      entrypoint: this.wordsOf(one, 'entrypoint'),
      command: this.wordsOf(one, 'command'),
      workingDirectory: `${one.workingDirectory ?? ''}${this.textsOf(one, 'workingDirectory').join('')}` || undefined,
      healthCheck: one.health && healthOf(one.health, one),
      resources: resources && {
        cpu: resources.cpu === undefined ? undefined : Cpu.millis(resources.cpu),
        cpuRequest: resources.cpuRequest === undefined ? undefined : Cpu.millis(resources.cpuRequest),
        exact: resources.exact,
        memory: resources.memory === undefined ? undefined : Size.mebibytes(resources.memory),
        memoryRequest: resources.memoryRequest === undefined ? undefined : Size.mebibytes(resources.memoryRequest),
        pids: resources.pids,
        ephemeralStorage: resources.storage === undefined ? undefined : Size.mebibytes(resources.storage),
      },
      accelerator: gpus === undefined ? undefined : gpus === 'all' ? Accelerator.allNvidia() : Accelerator.nvidia(gpus),
      terminal: one.terminal,
      user: one.user && User.of(one.user.uid, one.user.gid),
      readOnlyRoot: one.readOnlyRoot,
      capabilities: [...this.order(one.capabilities)],
      capDrop: one.capDrop && [...this.order(one.capDrop)],
      securityOpt: one.securityOpt && [...this.order(one.securityOpt)],
      ...containerOf(one.container),
      init: one.init,
      restart: one.restart && RESTARTS[one.restart],
      stopGrace: one.stopGrace === undefined ? undefined : Duration.seconds(one.stopGrace),
      logRotation: logs && { maxSize: Size.mebibytes(logs.megabytes), maxFiles: logs.files },
    });
  }

  /** Texts with a parameter in them, for one place of a service. */
  private textsOf({ parameters }: ServiceRecipe, place: ParameterUseRecipe['place']): string[] {
    return (parameters ?? []).filter((use) => use.place === place).flatMap(({ parameter, before, after }) => (
      at(this.parameters, parameter, (one) => `${before}${one}${after}`) ?? []));
  }

  private variablesOf(one: ServiceRecipe, place: 'argument' | 'environment'): [string, string][] {
    return this.textsOf(one, place).map((text, index) => [`WITH_PARAMETER_${index}`, text]);
  }

  private wordsOf(one: ServiceRecipe, place: 'command' | 'entrypoint'): string[] | undefined {
    const texts = this.textsOf(one, place);
    return texts.length === 0 ? one[place] && [...one[place]] : [...one[place] ?? [], ...texts];
  }

  private hostPort({ hostPort, isParameter }: ServiceRecipe['ports'][number]): number | undefined {
    return hostPort === undefined || !isParameter
      ? hostPort
      : new Parameter(this.box, `PORT_${hostPort}`, { default: String(hostPort), description: 'A port.' }).asNumber();
  }

  private connect(service: Service, one: ServiceRecipe): void {
    this.order(one.ports).forEach((item) => {
      const { port, exposure, name, udp } = item;
      const options = { name, protocol: udp ? Protocol.UDP : undefined, hostPort: this.hostPort(item) };
      service.addPort(
        exposure === 'internal'
          ? Port.internal(port, options)
          : exposure === 'loopback'
            ? Port.loopback(port, options)
            : Port.published(port, options),
      );
    });
    this.order(one.networks).forEach(({ network, aliases }) => at(this.networks, network, (it) => (
      service.addNetwork(it, { aliases: [...this.order(aliases)] }))));
    this.order(one.environment).forEach(([name, value]) =>
      this.value(value, (it, own) => service.addEnvironment(own ?? name, it)),
    );
    this.order(this.variablesOf(one, 'environment')).forEach(([name, text]) =>
      service.addEnvironment(name, EnvironmentValue.literal(text)),
    );
    this.order(one.mounts).forEach((mount) => this.mount(service, mount));
    this.order(one.dependencies).forEach(({ service: other, condition }) => at(this.services, other, (it) => (
      service.addDependency(it, CONDITIONS[condition]))));
    one.composeOverrides.forEach(({ key, value, reason }) => service.overrideCompose(key, value, reason));
    one.patches.forEach(({ op, pointer, value, reason }) =>
      service.patchKubernetes(
        op === 'remove'
          ? JsonPatch.remove(pointer)
          : op === 'add'
            ? JsonPatch.add(pointer, value)
            : JsonPatch.replace(pointer, value),
        reason,
      ),
    );
  }

  /** A secret comes under the name of its key, unless it has another. */
  private value(value: ValueRecipe, use: (value: EnvironmentValue, name?: string) => void): void {
    switch (value.kind) {
      case 'literal':
        return use(EnvironmentValue.literal(value.text));
      case 'secret':
        return void at(this.keys, value.envFile, (keys) =>
          at(keys, value.key, (secret) => (
            use(EnvironmentValue.secret(secret), value.isRenamed ? undefined : secret.key))),
        );
      case 'concat': {
        const parts: EnvironmentValue[] = [];
        value.parts.forEach((part) => this.value(part, (one) => parts.push(one)));
        return use(EnvironmentValue.concat(...parts));
      }
      case 'endpoint':
        return this.address(value.address, (endpoint, { host, port }) => (
          use(value.part === undefined ? EnvironmentValue.endpoint(endpoint) : value.part === 'host' ? host : port)));
    }
  }

  private address(
    { to, index, port, scheme, suffix }: AddressRecipe,
    use: (endpoint: Endpoint, parts: { readonly host: EnvironmentValue; readonly port: EnvironmentValue }) => void,
  ): void {
    if (to === 'host') {
      at(this.hosts, index, (host) =>
        use(host.endpoint({ scheme, suffix }), { host: host.host, port: EnvironmentValue.literal(String(host.port)) }),
      );
    } else {
      at(this.services, index, (service) => {
        const { ports } = this.recipe.services[index % this.services.size];
        const number = ports[port]?.port ?? port;
        use(service.endpoint(number, { scheme, suffix }), { host: service.host, port: service.port(number) });
      });
    }
  }

  private mount(service: Service, mount: MountRecipe): void {
    switch (mount.kind) {
      case 'volume':
        return void at(this.volumes, mount.volume, (volume) =>
          service.addMount(Mount.volume(volume, mount.path, { readOnly: mount.readOnly })),
        );
      case 'scratch':
        return service.addMount(
          Mount.scratch(mount.path, { size: Size.mebibytes(mount.megabytes), executable: mount.executable }),
        );
      case 'file':
        return service.addMount(
          Mount.file(
            new ConfigFile(service, mount.name, { content: mount.content.flatMap((piece) => this.piece(piece)) }),
            mount.path,
          ),
        );
    }
  }

  private piece(piece: PieceRecipe): Content[] {
    const found: Content[] = [];
    switch (piece.kind) {
      case 'text': return [Content.text(piece.text)];
      case 'provenance': return [Content.provenance()];
      case 'endpoint': this.address(piece.address, (endpoint) => found.push(Content.endpoint(endpoint)));
    }
    return found;
  }

  private policy({ service, workspace, clients, tools, capabilities }: PolicyRecipe, id: number): void {
    at(this.services, service, (gateway) => new ToolPolicy(gateway, `policy-${id}`, {
      workspace,
      capabilities: [...capabilities],
      clients: clients.flatMap(({ name, envFile, key, callsPerMinute }): ToolClient[] => {
        const token = at(this.keys, envFile, (keys) => at(keys, key, (secret) => secret));
        return token === undefined ? [] : [{ name, token, callsPerMinute }];
      }),
      tools: this.order(tools).map(({ kind, name, argv, writes, timeout, allow, deny, callsPerMinute }) => {
        const time = timeout === undefined ? undefined : Duration.seconds(timeout);
        const options = { allow: allow && [...allow], deny: deny && [...deny], callsPerMinute, timeout: time };
        switch (kind) {
          case 'file':
            return Tool.file(name, FileOperation.READ, options);
          case 'image':
            return Tool.image(name, ImageOperation.EXTRACT, options);
          case 'command':
            return Tool.command(name, {
              ...options,
              writes,
              argv: [...argv.map((word) => Argument.literal(word)), Argument.path('file')],
            });
          case 'named':
            return Tool.named(name, { ...options, writes });
        }
      }),
    }));
  }

  private check(one: CheckRecipe): void {
    new Check(this.box, one.id, {
      title: one.title,
      command: one.shell === undefined ? CheckCommand.compose(...one.words ?? []) : CheckCommand.shell(one.shell),
      expectation: one.expectation,
      expectedOutput: one.expectedOutput,
      covers: this.order(one.covers).flatMap((index) => at(this.services, index, (service) => service) ?? []),
      files: one.files && [...this.order(one.files)],
      prerequisites: one.program === undefined ? [Prerequisite.engine()] : [Prerequisite.program(one.program)],
      timeout: one.timeout === undefined ? undefined : Duration.seconds(one.timeout),
      required: one.required,
    });
  }
}

function at<T, U>(items: ReadonlyMap<number, T>, index: number | undefined, use: (item: T) => U): U | undefined {
  const item = index === undefined || items.size === 0 ? undefined : items.get(index % items.size);
  return item === undefined ? undefined : use(item);
}

function imageOf({
  repository,
  tag,
  digest,
  context,
  args,
  uid,
  writablePaths,
  healthTools,
  ...facts
}: ImageRecipe): Image {
  const more = {
    ...facts,
    user: uid === undefined ? undefined : User.of(uid),
    writablePaths: [...writablePaths],
    healthTools: [...healthTools],
  };
  return context === undefined
    ? Image.fromRegistry(repository, { ...more, tag, digest })
    : Image.fromBuild(context, { ...more, repository, tag: tag ?? '', args: Object.fromEntries(args) });
}

/** Settings of a container in the form of the model. */
function containerOf(container: ContainerPlan = {}): ContainerOptions {
  const { shmSize, ...others } = container;
  return {
    ...others as ContainerOptions,
    ...shmSize === undefined ? {} : { shmSize: Size.mebibytes(shmSize) },
  };
}

function healthOf(
  { kind, port, path, command, interval, timeout, retries, startPeriod, startInterval }: HealthRecipe,
  { ports }: ServiceRecipe,
): HealthCheck {
  const options = {
    interval: Duration.seconds(interval),
    timeout: Duration.seconds(timeout),
    retries,
    startPeriod: Duration.seconds(startPeriod),
    startInterval: startInterval === undefined ? undefined : Duration.seconds(startInterval),
  };
  const number = ports[port]?.port ?? port;
  switch (kind) {
    case 'http': return HealthCheck.http(number, path, options);
    case 'tcp': return HealthCheck.tcp(number, options);
    case 'command': return HealthCheck.command([...command], options);
    case 'shell': return HealthCheck.shell(command.join(' '), options);
    case 'image': return HealthCheck.fromImage();
    case 'none': return HealthCheck.none();
  }
}
