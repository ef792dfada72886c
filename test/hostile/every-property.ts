import {
  Accelerator,
  Argument,
  AttachmentOptions,
  BuiltImageOptions,
  Charset,
  Check,
  CheckCommand,
  CheckProps,
  ChoiceHoleOptions,
  CodexCli,
  CodexCliProps,
  CodexGateway,
  CommandToolOptions,
  ConfigDirectory,
  ConfigDirectoryProps,
  ConfigFile,
  ConfigFileProps,
  Content,
  Cpu,
  Decision,
  DecisionProps,
  DependencyCondition,
  DockerMcpGateway,
  DockerMcpGatewayProps,
  DockerMcpServer,
  Duration,
  Egress,
  EndpointOptions,
  EnvFile,
  EnvFileProps,
  EnvironmentValue,
  ExternalVolumeOptions,
  FileMountOptions,
  FileOperation,
  HealthCheck,
  HostDirectoryOptions,
  HostOllama,
  HostOllamaProps,
  HostPathOptions,
  HostPortOptions,
  HostRelay,
  HostRelayProps,
  HostService,
  HostServiceProps,
  HttpHealthCheckOptions,
  Image,
  ImageOperation,
  IntegerHoleOptions,
  JsonPatch,
  Lifecycle,
  LogRotation,
  McpGateway,
  McpGatewayProps,
  McpTransport,
  Mount,
  MountPropagation,
  NamedToolOptions,
  Prerequisite,
  ProjectFileOptions,
  Network,
  NetworkProps,
  Parameter,
  ParameterProps,
  Ollama,
  OllamaProps,
  Profile,
  ProfileProps,
  Place,
  PersistentVolumeOptions,
  Port,
  Protocol,
  RegistryImageOptions,
  Resources,
  RestartPolicy,
  ReverseProxy,
  ReverseProxyProps,
  ScratchMountOptions,
  Secret,
  SecretFile,
  SecretFileProps,
  SecretProps,
  SelinuxLabel,
  Service,
  ServiceProps,
  Size,
  TextHoleOptions,
  Tool,
  Toolbox,
  ToolboxProps,
  ToolClient,
  ToolConcurrency,
  ToolPolicy,
  ToolPolicyProps,
  User,
  Volume,
  VolumeMountOptions,
  Waiver,
  WaiverProps,
  WireApi,
} from '../../src/core';
import { aPin, aService, DIGEST, goodImage, RESOURCES } from '../rules/support';
import { codexPins } from '../services/support';

const VOLUME_MOUNT: Required<VolumeMountOptions> = {
  readOnly: true,
  subpath: 'a',
  copyFromImage: false,
  selinux: SelinuxLabel.SHARED,
};

/** One thing that a model is made of, with every property that it has. */
export interface Subject {
  readonly name: string;
  /** Every property, filled in; the compiler finds one that is left out. */
  readonly props: (kit: Kit) => object;
  readonly make: (kit: Kit, props: never) => unknown;
}

/** What things refer to. */
export class Kit {
  public readonly box: Toolbox;
  public readonly network: Network;
  public readonly outside: Network;
  public readonly volume: Volume;
  public readonly part: Profile;
  public readonly secret: Secret;
  public readonly host: HostOllama;
  public readonly other: Service;

  constructor(props: Partial<ToolboxProps> = {}) {
    const haproxy = aPin('haproxy', {
      version: '3.0.11',
      image: { repository: 'haproxy', tag: '3.0.11', digest: DIGEST },
    });
    const docker = aPin('docker-mcp-gateway', {
      image: { repository: 'docker/mcp-gateway', tag: '2.0.0', digest: DIGEST },
    });
    this.box = new Toolbox('box', {
      title: 'Box',
      description: 'A box',
      pins: codexPins('0.42.0', '0.13.3', haproxy, docker),
      ...props,
    });
    this.network = new Network(this.box, 'inside');
    this.outside = new Network(this.box, 'outside', { egress: Egress.INTERNET });
    this.volume = Volume.persistent(this.box, 'volume', { size: Size.gibibytes(1), multiWriter: true });
    this.part = new Profile(this.box, 'a-part', { description: 'd' });
    this.secret = new Secret(new EnvFile(this.box, 'env'), 'MCP_GATEWAY_AUTH_TOKEN', { description: 'd' });
    this.host = new HostOllama(this.box, 'host', { component: 'ollama', model: 'm' });
    this.other = aService(this.box, 'other', {
      networks: [this.network],
      ports: [Port.internal(11434)],
      lifecycle: Lifecycle.LONG_RUNNING,
    });
    this.host.replaceInCluster(this.other);
    new Waiver(this.box, 'root', { rule: 'service-user', reason: 'It is a test, so it may.' });
  }

  public service(props: Partial<ServiceProps> = {}): Service {
    return aService(this.box, 'app', { networks: [this.network, this.outside], ...props });
  }

  public policy(...tools: Tool[]): void {
    new McpGateway(this.box, 'gateway', { ...gatewayProps(this), tools });
  }
}

const FACTS = {
  user: User.of(10001),
  rootReason: 'It must.',
  writablePaths: ['/var/x'],
  healthTools: ['curl'],
  downloadsAtStart: true,
};

function gatewayProps({ volume, network, secret }: Kit): Required<Omit<McpGatewayProps, 'profile'>> {
  return {
    context: 'containers/mcp-gateway',
    dockerfile: 'Dockerfile',
    repository: 'box/gateway',
    tag: '1.0.0',
    buildArgs: { A: 'b' },
    baseImages: { BASE: 'ollama' },
    workspace: volume,
    writableWorkspace: true,
    auditVolume: volume,
    recordPaths: true,
    network,
    tools: [Tool.file('read', FileOperation.READ, { deny: ['audit.jsonl*'] })],
    clients: [client(secret)],
    concurrency: CONCURRENCY,
    hostNames: ['a.example'],
    allowedOrigins: ['https://a.example'],
    resources: RESOURCES,
  };
}

const CONCURRENCY: Required<ToolConcurrency> = { fileCalls: 9, commandCalls: 3, imageCalls: 1, waitingCalls: 7 };

function client(token: Secret): Required<ToolClient> {
  return { name: 'agent', token, callsPerMinute: 5 };
}

/** A thing with its properties, which must be all that there are. */
function subject<T>(name: string, props: (kit: Kit) => Required<T>, make: (kit: Kit, props: T) => unknown): Subject {
  return { name, props: props as (kit: Kit) => object, make: make as Subject['make'] };
}

const TIMES = {
  interval: Duration.seconds(9),
  timeout: Duration.seconds(9),
  retries: 2,
  startPeriod: Duration.seconds(9),
  startInterval: Duration.seconds(2),
};
const LIMITS = {
  description: 'd',
  clients: ['agent'],
  allow: ['src/**'],
  deny: ['x'],
  timeout: Duration.seconds(1),
  maxOutput: Size.kibibytes(8),
  callsPerMinute: 1,
};

const VALUES: readonly Subject[] = [
  subject<{ count: number }>(
    'Accelerator',
    () => ({ count: 1 }),
    (kit, { count }) => kit.service({ accelerator: Accelerator.nvidia(count) }),
  ),
  subject<Resources>(
    'Resources',
    () => ({
      cpu: Cpu.cores(1),
      memory: Size.gibibytes(1),
      cpuRequest: Cpu.millis(1),
      memoryRequest: Size.mebibytes(1),
      memorySwap: Size.gibibytes(9),
      pids: 9,
      ephemeralStorage: Size.mebibytes(9),
      exact: true,
    }),
    (kit, resources) => kit.service({ resources }),
  ),
  subject<{
    cores: number;
    millis: number;
    kibibytes: number;
    mebibytes: number;
    gibibytes: number;
    seconds: number;
    minutes: number;
  }>(
    'units',
    () => ({ cores: 1, millis: 9, kibibytes: 1024, mebibytes: 64, gibibytes: 1, seconds: 9, minutes: 1 }),
    (kit, { cores, millis, kibibytes, mebibytes, gibibytes, seconds, minutes }) =>
      kit.service({
        resources: {
          cpu: Cpu.cores(cores),
          cpuRequest: Cpu.millis(millis),
          memory: Size.gibibytes(gibibytes),
          memoryRequest: Size.mebibytes(mebibytes),
          ephemeralStorage: Size.kibibytes(kibibytes),
        },
        stopGrace: Duration.seconds(seconds),
        healthCheck: HealthCheck.command(['curl'], { interval: Duration.minutes(minutes) }),
      }),
  ),
  subject<{ uid: number; gid: number }>(
    'User',
    () => ({ uid: 10001, gid: 10001 }),
    (kit, { uid, gid }) => kit.service({ user: User.of(uid, gid) }),
  ),
  subject<LogRotation>(
    'LogRotation',
    () => ({ maxSize: Size.mebibytes(1), maxFiles: 1 }),
    (kit, logRotation) => kit.service({ logRotation }),
  ),
  subject<{ literal: string; secret: Secret }>(
    'EnvironmentValue',
    ({ secret }) => ({ literal: 'x', secret }),
    (kit, { literal, secret }) =>
      kit.service({
        environment: { A: EnvironmentValue.literal(literal), MCP_GATEWAY_AUTH_TOKEN: EnvironmentValue.secret(secret) },
      }),
  ),
  subject<{ port: number; options: EndpointOptions }>(
    'Endpoint',
    () => ({ port: 11434, options: {} }),
    (kit, { port, options }) =>
      kit.service({ environment: { URL: EnvironmentValue.endpoint(kit.other.endpoint(port, options)) } }),
  ),
  subject<EndpointOptions>(
    'EndpointOptions',
    () => ({ scheme: 'http', suffix: '/x' }),
    (kit, options) =>
      kit.service({ environment: { URL: EnvironmentValue.endpoint(kit.other.endpoint(11434, options)) } }),
  ),
  subject<{ port: number; path: string; options: object }>(
    'HealthCheck.http',
    () => ({ port: 80, path: '/', options: {} }),
    (kit, { port, path, options }) => kit.service({ healthCheck: HealthCheck.http(port, path, options) }),
  ),
  subject<HttpHealthCheckOptions>(
    'HttpHealthCheckOptions',
    () => ({ ...TIMES, command: ['curl'] }),
    (kit, options) => kit.service({ healthCheck: HealthCheck.http(80, '/', options) }),
  ),
  subject<{ port: number; options: object }>(
    'HealthCheck.tcp',
    () => ({ port: 80, options: {} }),
    (kit, { port, options }) =>
      kit.service({ image: goodImage({ healthTools: ['bash'] }), healthCheck: HealthCheck.tcp(port, options) }),
  ),
  subject<{ command: string; options: object }>(
    'HealthCheck.shell',
    () => ({ command: 'true', options: {} }),
    (kit, { command, options }) => kit.service({ healthCheck: HealthCheck.shell(command, options) }),
  ),
  subject<{ command: string[]; options: object }>(
    'HealthCheck.command',
    () => ({ command: ['curl'], options: {} }),
    (kit, { command, options }) => kit.service({ healthCheck: HealthCheck.command(command, options) }),
  ),
  subject<RegistryImageOptions>(
    'RegistryImageOptions',
    () => ({ ...FACTS, tag: '1.2.3', digest: DIGEST }),
    (kit, options) => kit.service({ image: Image.fromRegistry('a/b', options) }),
  ),
  subject<BuiltImageOptions>(
    'BuiltImageOptions',
    () => ({
      ...FACTS,
      repository: 'a/b',
      tag: '1.2.3',
      dockerfile: 'Dockerfile',
      args: { A: 'b' },
      baseImages: { BASE: 'ollama' },
    }),
    (kit, options) => kit.service({ image: Image.fromBuild('containers/codex-cli', options) }),
  ),
  subject<{ repository: string; component: string; context: string }>(
    'Image',
    () => ({ repository: 'a/b', component: 'ollama', context: 'containers/codex-cli' }),
    ({ box }, { repository, component, context }) => [
      aService(box, 'one', {
        image: Image.fromRegistry(repository, { tag: '1.2.3', digest: DIGEST, healthTools: ['curl'] }),
      }),
      aService(box, 'two', { image: Image.fromPin(component, { healthTools: ['curl'] }) }),
      aService(box, 'three', {
        image: Image.fromBuild(context, { repository: 'a/b', tag: '1.0.0', healthTools: ['curl'] }),
      }),
    ],
  ),
  subject<{ pointer: string; value: unknown; reason: string }>(
    'JsonPatch',
    () => ({ pointer: '/metadata/annotations/a', value: 'x', reason: 'Because' }),
    (kit, { pointer, value, reason }) => kit.service().patchKubernetes(JsonPatch.add(pointer, value), reason),
  ),
  subject<{ key: string; value: unknown; reason: string }>(
    'overrideCompose',
    () => ({ key: 'labels', value: { a: 'b' }, reason: 'Because' }),
    (kit, { key, value, reason }) => kit.service().overrideCompose(key, value, reason),
  ),
  subject<{ volume: Volume; path: string; options: VolumeMountOptions }>(
    'Mount.volume',
    ({ volume }) => ({ volume, path: '/x', options: VOLUME_MOUNT }),
    (kit, { volume, path, options }) => kit.service({ mounts: [Mount.volume(volume, path, options)] }),
  ),
  subject<VolumeMountOptions>(
    'VolumeMountOptions',
    () => VOLUME_MOUNT,
    (kit, options) => kit.service({ mounts: [Mount.volume(kit.volume, '/x', options)] }),
  ),
  subject<HostPathOptions & { source: string; path: string }>(
    'Mount.hostPath',
    () => ({
      source: '/lib/modules',
      path: '/lib/modules',
      readOnly: true,
      selinux: SelinuxLabel.PRIVATE,
      propagation: MountPropagation.HOST_TO_CONTAINER,
    }),
    (kit, { source, path, ...options }) => kit.service({ mounts: [Mount.hostPath(source, path, options)] }),
  ),
  subject<ProjectFileOptions & { path: string; options: FileMountOptions }>(
    'ConfigFile.fromFile',
    () => ({
      file: './package.json',
      executable: false,
      path: '/x',
      options: { readOnly: false, selinux: SelinuxLabel.SHARED },
    }),
    (kit, { path, options, ...props }) => kit.service({
      mounts: [Mount.file(ConfigFile.fromFile(kit.box, 'project-file', props), path, options)],
    }),
  ),
  subject<ConfigDirectoryProps & { path: string; options: FileMountOptions }>(
    'ConfigDirectory',
    () => ({ directory: './docs', path: '/x', options: { readOnly: true, selinux: SelinuxLabel.SHARED } }),
    (kit, { path, options, ...props }) => kit.service({
      mounts: [Mount.directory(new ConfigDirectory(kit.box, 'project-folder', props), path, options)],
    }),
  ),
  subject<PersistentVolumeOptions>(
    'Volume.persistent',
    () => ({
      description: 'd',
      size: Size.gibibytes(1),
      storageClass: 'fast',
      multiWriter: true,
      name: 'data',
      volumeName: 'old_data',
      driver: 'local',
      driverOptions: { type: 'nfs', o: 'addr=10.0.0.5', device: ':/data' },
      labels: { keep: 'yes' },
    }),
    ({ box }, props) => Volume.persistent(box, 'persistent', props),
  ),
  subject<ExternalVolumeOptions>(
    'Volume.external',
    () => ({ description: 'd', multiWriter: true, name: 'data', volumeName: 'old_data' }),
    ({ box }, props) => Volume.external(box, 'external', props),
  ),
  subject<ScratchMountOptions & { path: string }>(
    'ScratchMountOptions',
    () => ({
      path: '/x',
      size: Size.mebibytes(1),
      executable: true,
      unlimited: true,
      mode: '0755',
      owner: User.of(10001),
    }),
    (kit, { path, ...options }) => kit.service({ mounts: [Mount.scratch(path, options)] }),
  ),
  subject<ConfigFileProps & { id: string; path: string; text: string }>(
    'ConfigFile',
    ({ other }) => ({
      id: 'a.conf',
      path: '/a.conf',
      text: 'x\n',
      content: [Content.provenance(), Content.endpoint(other.endpoint(11434))],
    }),
    (kit, { id, path, text, content }) => {
      const app = kit.service();
      app.addMount(Mount.file(new ConfigFile(app, id, { content }), path));
      app.addMount(Mount.file(new ConfigFile(app, 'b.conf', { content: [Content.text(text)] }), '/b.conf'));
    },
  ),
  subject<HostPortOptions & { port: number }>(
    'Port',
    () => ({
      port: 80,
      name: 'http',
      protocol: Protocol.TCP,
      hostPort: 8080,
      anyHostPort: false,
      address: '127.0.0.2',
    }),
    (kit, { port, ...options }) => kit.service({ ports: [Port.loopback(port, options)] }),
  ),
  subject<AttachmentOptions & { network: Network }>(
    'addNetwork',
    ({ box }) => ({
      network: new Network(box, 'more', { subnets: [{ subnet: '172.28.0.0/16' }, { subnet: 'fd00:1::/64' }] }),
      aliases: ['a.b'],
      ipv4Address: '172.28.0.10',
      ipv6Address: 'fd00:1::10',
    }),
    (kit, { network, ...options }) => kit.service().addNetwork(network, options),
  ),
  subject<{ service: Service; condition: DependencyCondition }>(
    'addDependency',
    ({ other }) => ({ service: other, condition: DependencyCondition.HEALTHY }),
    (kit, { service, condition }) => kit.service().addDependency(service, condition),
  ),
  subject<{ name: string; value: EnvironmentValue; mount: Mount; port: Port }>(
    'add',
    () => ({ name: 'A', value: EnvironmentValue.literal('x'), mount: Mount.scratch('/x'), port: Port.internal(80) }),
    (kit, { name, value, mount, port }) => {
      const app = kit.service();
      app.addEnvironment(name, value);
      app.addMount(mount);
      app.addPort(port);
    },
  ),
  subject<IntegerHoleOptions>(
    'Argument.integer',
    () => ({ prefix: '-n', description: 'd', optional: true, minimum: 1, maximum: 2 }),
    (kit, options) => kit.policy(aCommand(Argument.integer('n', options))),
  ),
  subject<ChoiceHoleOptions>(
    'Argument.choice',
    () => ({ prefix: '-n', description: 'd', optional: true, values: ['a'] }),
    (kit, options) => kit.policy(aCommand(Argument.choice('n', options))),
  ),
  subject<TextHoleOptions>(
    'Argument.text',
    () => ({ prefix: '-n', description: 'd', optional: true, maxLength: 2, charset: Charset.WORD }),
    (kit, options) => kit.policy(aCommand(Argument.text('n', options))),
  ),
  subject<{ literal: string; name: string }>(
    'Argument',
    () => ({ literal: 'x', name: 'p' }),
    (kit, { literal, name }) => kit.policy(aCommand(Argument.literal(literal), Argument.path(name))),
  ),
  subject<CommandToolOptions & { name: string }>(
    'Tool.command',
    () => ({ ...LIMITS, name: 'git_log', argv: [Argument.literal('git')], writes: true, gitHistory: true }),
    (kit, { name, ...options }) => kit.policy(Tool.command(name, options)),
  ),
  subject<{ name: string; operation: FileOperation; image: ImageOperation }>(
    'Tool.file',
    () => ({ name: 'read', operation: FileOperation.READ, image: ImageOperation.LIST }),
    (kit, { name, operation, image }) => kit.policy(Tool.file(name, operation), Tool.image('images', image)),
  ),
  subject<NamedToolOptions & { name: string }>(
    'Tool.named',
    () => ({ ...LIMITS, name: 'read', writes: true }),
    (kit, { name, ...options }) => {
      new ToolPolicy(kit.other, 'policy', {
        tools: [Tool.named(name, options)],
        clients: [client(kit.secret)],
        workspace: '/workspace',
        capabilities: [name],
      });
    },
  ),
  subject<{ line: string; word: string; program: string; host: HostService }>(
    'CheckCommand',
    ({ host }) => ({ line: 'true', word: 'ps', program: 'codex', host }),
    ({ box, other }, { line, word, program, host }) => [
      new Check(box, 'one', {
        title: 't',
        expectation: 'e',
        covers: [other],
        command: CheckCommand.shell(line),
        prerequisites: [Prerequisite.program(program), Prerequisite.hostService(host)],
      }),
      new Check(box, 'two', { title: 't', expectation: 'e', covers: [other], command: CheckCommand.compose(word) }),
    ],
  ),
];

function aCommand(...argv: Argument[]): Tool {
  return Tool.command('git_log', { description: 'd', argv: [Argument.literal('git'), ...argv] });
}

const CONSTRUCTS: readonly Subject[] = [
  subject<ServiceProps>(
    'Service',
    ({ network, outside, part, volume, secret }) => ({
      description: 'd',
      image: goodImage(),
      name: 'app',
      lifecycle: Lifecycle.LONG_RUNNING,
      profile: part,
      places: [Place.CLUSTER, Place.WORKSTATION],
      entrypoint: ['x'],
      command: ['y'],
      workingDirectory: '/w',
      environment: { A: EnvironmentValue.literal('x'), MCP_GATEWAY_AUTH_TOKEN: EnvironmentValue.secret(secret) },
      envFiles: [secret.envFile],
      mounts: [Mount.volume(volume, '/x')],
      ports: [Port.internal(80)],
      networks: [network, outside],
      healthCheck: HealthCheck.command(['curl']),
      resources: RESOURCES,
      accelerator: Accelerator.nvidia(1),
      terminal: true,
      user: User.of(10001),
      readOnlyRoot: false,
      capabilities: ['CHOWN'],
      capDrop: ['ALL'],
      securityOpt: ['no-new-privileges:true'],
      labels: { a: 'x' },
      annotations: { a: 'x' },
      containerName: 'web-1',
      scale: 1,
      platform: 'linux/amd64',
      pullPolicy: 'missing',
      stopSignal: 'SIGINT',
      shmSize: Size.mebibytes(64),
      ulimits: { nofile: { soft: 1, hard: 2 } },
      sysctls: { 'net.ipv4.tcp_syncookies': '1' },
      devices: ['/dev/kvm'],
      groupAdd: ['44'],
      dns: ['1.1.1.1'],
      dnsSearch: ['example.org'],
      dnsOpt: ['ndots:2'],
      domainname: 'example.org',
      macAddress: '02:42:ac:11:00:02',
      privileged: false,
      pid: 'host',
      ipc: 'private',
      uts: 'host',
      usernsMode: 'host',
      cgroup: 'private',
      runtime: 'runsc',
      oomScoreAdj: 1,
      cpuset: '0',
      cpuShares: 2,
      storageOpt: { size: '1G' },
      stdinOpen: true,
      tty: true,
      useApiSocket: false,
      attach: false,
      logging: { driver: 'local', options: { a: 'x' } },
      postStart: [{ command: ['x'], user: 'root', privileged: false, workingDir: '/' }],
      preStop: [{ command: ['x'], user: 'root', privileged: false, workingDir: '/' }],
      hostname: 'app',
      extraHosts: { more: 'host-gateway' },
      init: false,
      restart: RestartPolicy.ALWAYS,
      stopGrace: Duration.seconds(5),
      logRotation: { maxSize: Size.mebibytes(1), maxFiles: 2 },
    }),
    ({ box }, props) => new Service(box, 'app', props),
  ),
  subject<CheckProps>(
    'Check',
    ({ other, host }) => ({
      title: 't',
      command: CheckCommand.shell('true'),
      expectation: 'e',
      expectedOutput: 'o',
      covers: [other],
      files: ['README.md'],
      prerequisites: [Prerequisite.engine(), Prerequisite.hostService(host)],
      exclusive: true,
      timeout: Duration.minutes(1),
      required: true,
    }),
    ({ box }, props) => new Check(box, 'check', props),
  ),
  subject<DecisionProps>(
    'Decision',
    () => ({ title: 't', choice: 'c', alternatives: ['a'], reasons: ['r'] }),
    ({ box }, props) => new Decision(box, 'decision', props),
  ),
  subject<HostServiceProps>(
    'HostService',
    () => ({
      description: 'd',
      port: 80,
      hostname: 'host.docker.internal',
      component: 'ollama',
      addressSetting: { variable: 'SERVER_ADDRESS', systemdUnit: 'server' },
    }),
    ({ box }, props) => new HostService(box, 'hs', props),
  ),
  subject<{ standIn: Service; relay: Service }>(
    'HostService links',
    ({ other }) => ({ standIn: other, relay: other }),
    ({ host }, { standIn, relay }) => {
      host.replaceInCluster(standIn);
      host.relayThrough(relay);
    },
  ),
  subject<NetworkProps>(
    'Network',
    () => ({
      egress: Egress.HOST,
      description: 'd',
      name: 'net',
      external: false,
      engineName: 'net',
      driver: 'bridge',
      driverOpts: { a: 'x' },
      attachable: true,
      enableIpv6: true,
      subnets: [{ subnet: '172.28.0.0/16', ipRange: '172.28.5.0/24', gateway: '172.28.0.1' }],
    }),
    ({ box }, props) => new Network(box, 'net', props),
  ),
  subject<ProfileProps>(
    'Profile',
    () => ({ description: 'd', name: 'part' }),
    ({ box }, props) => new Profile(box, 'part', props),
  ),
  subject<EnvFileProps>(
    'EnvFile',
    () => ({ file: '.env.other', name: 'other-env' }),
    ({ box }, props) => new EnvFile(box, 'other-env', props),
  ),
  subject<SecretFileProps>(
    'SecretFile',
    () => ({ description: 'd', file: 'secrets/key', name: 'a-key' }),
    ({ box, other }, props) => other.addMount(Mount.secret(new SecretFile(box, 'a-key', props))),
  ),
  subject<ParameterProps>(
    'Parameter',
    () => ({ default: '3000', description: 'd', name: 'PARAMETER' }),
    ({ box }, props) => new Parameter(box, 'PARAMETER', props),
  ),
  subject<SecretProps & { envFile: EnvFile; key: string }>(
    'Secret',
    ({ secret }) => ({ description: 'd', envFile: secret.envFile, key: 'KEY' }),
    (_, { envFile, key, ...props }) => new Secret(envFile, key, props),
  ),
  subject<HostDirectoryOptions>(
    'Volume',
    () => ({
      description: 'd',
      size: Size.gibibytes(1),
      storageClass: 'fast',
      multiWriter: true,
      name: 'data',
      directory: './shared',
    }),
    ({ box }, props) => Volume.hostDirectory(box, 'data', props),
  ),
  subject<WaiverProps>(
    'Waiver',
    () => ({ rule: 'port-public', reason: 'It is right here.', until: '2026-12-31', blocksApproval: true }),
    ({ box }, props) => new Waiver(box, 'waiver', props),
  ),
  subject<ToolPolicyProps>(
    'ToolPolicy',
    ({ secret }) => ({
      tools: [Tool.named('read')],
      clients: [client(secret)],
      workspace: '/workspace',
      capabilities: ['read'],
      concurrency: CONCURRENCY,
      auditLog: '/var/log/audit.jsonl',
    }),
    ({ other }, props) => new ToolPolicy(other, 'policy', props),
  ),
  subject<ToolConcurrency>(
    'ToolConcurrency',
    () => CONCURRENCY,
    (kit, concurrency) => new McpGateway(kit.box, 'gateway', { ...gatewayProps(kit), concurrency }),
  ),
  subject<ToolClient>(
    'ToolClient',
    ({ secret }) => client(secret),
    (kit, one) => new McpGateway(kit.box, 'gateway', { ...gatewayProps(kit), clients: [one] }),
  ),
];

const READY_MADE: readonly Subject[] = [
  subject<McpGatewayProps>(
    'McpGateway',
    (kit) => ({ ...gatewayProps(kit), profile: kit.part }),
    ({ box }, props) => new McpGateway(box, 'gateway', props),
  ),
  subject<DockerMcpGatewayProps>(
    'DockerMcpGateway',
    ({ other, secret, network, part }) => ({
      component: 'docker-mcp-gateway',
      servers: [{ name: 's', description: 'd', endpoint: other.endpoint(11434), toolNames: ['read'] }],
      tools: [Tool.named('read')],
      token: secret,
      network,
      profile: part,
      resources: RESOURCES,
    }),
    ({ box }, props) => new DockerMcpGateway(box, 'docker', props),
  ),
  subject<DockerMcpServer>(
    'DockerMcpServer',
    ({ other }) => ({ name: 's', description: 'd', endpoint: other.endpoint(11434), toolNames: ['read'] }),
    ({ box, secret, network }, server) =>
      new DockerMcpGateway(box, 'docker', {
        component: 'docker-mcp-gateway',
        servers: [server],
        tools: [Tool.named('read')],
        token: secret,
        network,
      }),
  ),
  subject<CodexCliProps>(
    'CodexCli',
    ({ host, other, secret, volume, network, outside }) => ({
      component: 'codex-cli',
      context: 'containers/codex-cli',
      dockerfile: 'Dockerfile',
      repository: 'box/codex',
      python: true,
      buildArgs: { A: 'b' },
      baseImages: { BASE: 'ollama' },
      codexProfile: 'p',
      modelServer: host,
      modelEndpoint: host.endpoint(),
      model: 'm',
      wireApi: WireApi.CHAT,
      workspace: volume,
      sessions: volume,
      networks: [network, outside],
      gateway: { endpoint: other.endpoint(11434), token: secret, transport: McpTransport.STDIO },
      command: ['codex'],
      resources: RESOURCES,
    }),
    ({ box }, props) => new CodexCli(box, 'codex', props),
  ),
  subject<CodexGateway>(
    'CodexGateway',
    ({ other, secret }) => ({ endpoint: other.endpoint(11434), token: secret, transport: McpTransport.STDIO }),
    ({ box, host, volume, network, outside }, gateway) =>
      new CodexCli(box, 'codex', {
        component: 'codex-cli',
        context: 'containers/codex-cli',
        repository: 'box/codex',
        codexProfile: 'p',
        modelServer: host,
        modelEndpoint: host.endpoint(),
        model: 'm',
        workspace: volume,
        networks: [network, outside],
        gateway,
      }),
  ),
  subject<OllamaProps>(
    'Ollama',
    ({ volume, network, outside, part }) => ({
      component: 'ollama',
      models: volume,
      modelNames: ['m'],
      network,
      downloadNetwork: outside,
      downloadPart: part,
      profile: part,
      workspace: volume,
      contextLength: 4096,
      accelerator: Accelerator.nvidia(1),
      resources: RESOURCES,
      loopbackNetwork: outside,
    }),
    ({ box }, props) => new Ollama(box, 'ollama', props),
  ),
  subject<HostOllamaProps>(
    'HostOllama',
    () => ({ component: 'ollama', model: 'm', port: 11434 }),
    ({ box }, props) => new HostOllama(box, 'ho', props),
  ),
  subject<HostRelayProps>(
    'HostRelay',
    ({ host, network, outside, part }) => ({
      component: 'haproxy',
      hostOllama: host,
      network,
      hostNetwork: outside,
      profile: part,
      maxRequest: Size.mebibytes(1),
      requestsPerMinute: 1,
      maxConcurrent: 1,
      maxSilence: Duration.minutes(1),
      resources: RESOURCES,
    }),
    ({ box }, props) => new HostRelay(box, 'relay', props),
  ),
  subject<ReverseProxyProps>(
    'ReverseProxy',
    ({ other, secret, volume, network, outside, part }) => ({
      component: 'haproxy',
      target: other.endpoint(11434, { suffix: '/mcp' }),
      clients: [client(secret)],
      hostName: 'a.example',
      certificates: volume,
      network,
      publicNetwork: outside,
      published: false,
      hostPort: 8443,
      profile: part,
      maxRequest: Size.mebibytes(1),
      requestsPerMinute: 1,
      resources: RESOURCES,
    }),
    ({ box }, props) => new ReverseProxy(box, 'proxy', props),
  ),
];

/** Every thing of the public surface but the toolbox itself. */
export const SUBJECTS: readonly Subject[] = [...VALUES, ...CONSTRUCTS, ...READY_MADE];

/** Every property of a toolbox. */
export const TOOLBOX: Required<ToolboxProps> = {
  title: 't',
  description: 'd',
  pins: codexPins('0.42.0', '0.13.3'),
  evidence: { directory: 'e', records: [], findings: [] },
  approval: { file: 'a', findings: [] },
  linterSuppressions: { entries: [], findings: [] },
  source: 'src/main.ts',
  outdir: 'dist',
  roadmap: ['r'],
};
