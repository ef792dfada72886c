import {
  Approval,
  Argument,
  Charset,
  Check,
  CheckCommand,
  CodexCli,
  Decision,
  Duration,
  Egress,
  EnvFile,
  Evidence,
  LinterSuppressions,
  FileOperation,
  HostOllama,
  HostRelay,
  ImageOperation,
  McpGateway,
  Prerequisite,
  Network,
  Ollama,
  Profile,
  Secret,
  Size,
  Tool,
  Toolbox,
  PinInventory,
  Volume,
  Waiver,
} from './core';

const garvis = new Toolbox('garvis', {
  title: 'GARVIS',
  description: 'A coding agent on local models, whose tools go through a gateway with strict rules.',
  pins: PinInventory.fromFile('inventories/versions.yaml'),
  evidence: Evidence.fromDirectory('inventories/evidence'),
  approval: Approval.fromFile('inventories/approval.yaml'),
  linterSuppressions: LinterSuppressions.fromFile('inventories/linter-suppressions.yaml'),
  roadmap: [
    'Monitoring, and structured logs of every service in one place.',
    'A reverse proxy with authentication and authorisation in front of the gateway, for clients outside.',
  ],
});

// Data

const sharedData = Volume.hostDirectory(garvis, 'shared-data', {
  description: 'The workspace: what the agent works on',
  directory: './shared',
  size: Size.gibibytes(20),
});
const ollamaModels = Volume.persistent(garvis, 'ollama-models', {
  description: 'Models of the Ollama in a container',
  size: Size.gibibytes(60),
  multiWriter: true,
});
const gatewayLogs = Volume.persistent(garvis, 'gateway-logs', {
  description: 'Audit log of the gateway, as JSON Lines',
  size: Size.gibibytes(1),
});
const codexSessions = Volume.persistent(garvis, 'codex-sessions', {
  description: 'Sessions of codex, for gcodex resume',
  size: Size.gibibytes(1),
});

// Networks

const toolboxMcp = new Network(garvis, 'toolbox-mcp', { description: 'codex-cli and mcp-gateway only' });
const toolboxModels = new Network(garvis, 'toolbox-models', { description: 'codex-cli and the Ollama in a container' });
const toolboxInference = new Network(garvis, 'toolbox-inference', {
  description: 'codex-cli and the relay to the Ollama on the host',
});
const toolboxHost = new Network(garvis, 'toolbox-host', {
  description: 'The relay to the Ollama on the host',
  egress: Egress.HOST,
});
const toolboxDownload = new Network(garvis, 'toolbox-download', {
  description: 'The way by which models are fetched',
  egress: Egress.INTERNET,
});

// Secrets

const env = new EnvFile(garvis, 'garvis-env', { file: '.env.local' });
const mcpToken = new Secret(env, 'GARVIS_MCP_TOKEN', {
  description: 'Bearer token by which codex-cli calls the gateway, at least 32 random bytes: openssl rand -hex 32',
});

// Model servers

const model = 'gpt-oss:20b';
const ollamaPart = new Profile(garvis, 'ollama-part', {
  name: 'ollama',
  description: 'An Ollama in a container, for a cluster; on a workstation codex-cli asks the one on the host',
});
const downloadPart = new Profile(garvis, 'download-part', {
  name: 'ollama-download',
  description: 'Fetches the models of the Ollama in a container, once',
});
const gatewayPart = new Profile(garvis, 'mcp-part', {
  name: 'mcp',
  description: 'The MCP gateway, which gives the agent its tools',
});

const hostOllama = new HostOllama(garvis, 'host-ollama', { component: 'ollama', model });
const ollama = new Ollama(garvis, 'ollama', {
  component: 'ollama',
  models: ollamaModels,
  modelNames: [model],
  network: toolboxModels,
  downloadNetwork: toolboxDownload,
  downloadPart,
  profile: ollamaPart,
  workspace: sharedData,
});
hostOllama.replaceInCluster(ollama);
new HostRelay(garvis, 'host-relay', {
  component: 'haproxy',
  hostOllama,
  network: toolboxInference,
  hostNetwork: toolboxHost,
});

// The gateway and what it lets through

const everywhereBut = { deny: ['.git', '.git/**', '**/.env*', '**/*.pem', '**/*.key', '**/.ssh/**'] };
const gitHistory = { gitHistory: true };

const gateway = new McpGateway(garvis, 'mcp-gateway', {
  context: 'containers/mcp-gateway',
  repository: 'garvis/mcp-gateway',
  tag: '0.1.0',
  baseImages: { DEBIAN_IMAGE: 'debian', NODE_IMAGE: 'node' },
  workspace: sharedData,
  auditVolume: gatewayLogs,
  network: toolboxMcp,
  profile: gatewayPart,
  clients: [{ name: 'codex-cli', token: mcpToken }],
  tools: [
    Tool.file('fs_list', FileOperation.LIST, everywhereBut),
    Tool.file('fs_tree', FileOperation.TREE, everywhereBut),
    Tool.file('fs_stat', FileOperation.STAT, everywhereBut),
    Tool.file('fs_read', FileOperation.READ, { ...everywhereBut, callsPerMinute: 120 }),
    Tool.file('fs_find', FileOperation.FIND, everywhereBut),
    Tool.file('fs_grep', FileOperation.GREP, everywhereBut),
    Tool.image('image_list', ImageOperation.LIST, everywhereBut),
    Tool.image('image_extract', ImageOperation.EXTRACT, {
      ...everywhereBut,
      maxOutput: Size.mebibytes(4),
      callsPerMinute: 20,
    }),
    Tool.command('git_log', {
      description: 'Commits of the workspace, newest first',
      argv: [
        Argument.literal('git'),
        Argument.literal('log'),
        Argument.literal('--oneline'),
        Argument.literal('--no-decorate'),
        Argument.integer('count', { prefix: '--max-count=', minimum: 1, maximum: 50, description: 'Most commits' }),
      ],
      ...gitHistory,
    }),
    Tool.command('git_show', {
      description: 'One commit of the workspace with its changes',
      argv: [
        Argument.literal('git'),
        Argument.literal('show'),
        Argument.literal('--stat'),
        Argument.literal('--patch'),
        Argument.text('revision', { maxLength: 80, charset: Charset.REVISION, description: 'A commit, branch or tag' }),
      ],
      ...gitHistory,
    }),
    Tool.command('count_lines', {
      description: 'Lines of a file of the workspace',
      argv: [
        Argument.literal('wc'),
        Argument.literal('-l'),
        Argument.literal('--'),
        Argument.path('path', { description: 'File of the workspace' }),
      ],
      ...everywhereBut,
    }),
  ],
});

// The agent

const codexCli = new CodexCli(garvis, 'codex-cli', {
  component: 'codex-cli',
  context: 'containers',
  dockerfile: 'codex-cli/Dockerfile',
  repository: 'garvis/codex-cli',
  baseImages: { DEBIAN_IMAGE: 'debian', NODE_IMAGE: 'node' },
  python: false,
  codexProfile: 'garvis',
  model,
  modelServer: hostOllama,
  modelEndpoint: hostOllama.endpoint(),
  workspace: sharedData,
  sessions: codexSessions,
  networks: [toolboxInference, toolboxModels, toolboxMcp],
  gateway: { endpoint: gateway.mcpEndpoint(), token: mcpToken },
});

// Decisions, waivers, checks

new Decision(garvis, 'gateway-choice', {
  title: 'Which MCP gateway',
  choice: "The project's own image, built from containers/mcp-gateway",
  alternatives: ['docker/mcp-gateway in static mode, by digest (DockerMcpGateway)'],
  reasons: [
    "It judges the arguments of a call, not only the tool's name, and it fails closed.",
    'It keeps an audit log that shows cuts and changes, and each client has a token of its own.',
    'It is rebuilt from its lock file; the other has no version tags, runs as root, and downloads a catalog unless ' +
      'told otherwise.',
  ],
});
new Decision(garvis, 'audit-log', {
  title: 'Where the gateway keeps its audit log',
  choice: 'On a volume of its own',
  alternatives: ['In the shared volume'],
  reasons: ['The agent can write to the shared volume, and must not be able to change what is recorded about it.'],
});

new Waiver(garvis, 'digests', {
  rule: 'image-digest',
  reason: 'No registry could be reached when the pins were written; no digest is made up.',
  blocksApproval: true,
});
new Waiver(ollama, 'root', {
  rule: 'service-user',
  reason: 'The image keeps its models below /root/.ollama; it has no capability and cannot gain any.',
});

// what is tested is what the sources say now, not an image of last week
const freshImages = '{ docker compose -f "$TOOLBOX_COMPOSE_FILE" --profile mcp build --quiet || exit 75; }';
const commandLine = ['bin/gcodex', 'bin/gcodex.d'];

new Check(garvis, 'codex-cli-build', {
  title: 'The codex-cli image builds',
  command: CheckCommand.compose('build', 'codex-cli'),
  expectation: 'The build ends with exit code 0.',
  covers: [codexCli],
  prerequisites: [Prerequisite.engine()],
  exclusive: true,
  timeout: Duration.minutes(20),
});
new Check(garvis, 'host-ollama-access', {
  title: 'bin/gcodex reaches the Ollama on the host',
  command: CheckCommand.shell(`${freshImages} && bin/gcodex exec ping`),
  expectation: 'The model answers.',
  covers: [codexCli, hostOllama],
  files: commandLine,
  prerequisites: [Prerequisite.engine(), Prerequisite.hostService(hostOllama)],
  exclusive: true,
});
new Check(garvis, 'compose-policies', {
  title: 'Networks, volumes and profiles hold on a real engine',
  command: CheckCommand.shell('npx projen e2e:prepare || exit 75; npx projen e2e'),
  expectation: 'Every line of the reachability table is as declared.',
  covers: [codexCli, gateway, ollama],
  files: [...commandLine, 'test/e2e'],
  prerequisites: [Prerequisite.engine()],
  exclusive: true,
  timeout: Duration.minutes(30),
});
new Check(garvis, 'gateway-health', {
  title: 'The gateway is healthy and registers its tools',
  command: CheckCommand.compose('--profile', 'mcp', 'run', '--build', '--rm', 'mcp-gateway', '--health-check'),
  expectation: 'It says that it is initialised, and lists every tool of the policy.',
  expectedOutput: 'initialised: 11 tools',
  covers: [gateway],
  prerequisites: [Prerequisite.engine()],
  exclusive: true,
});
new Check(garvis, 'tool-negotiation', {
  title: 'codex is offered the gateway\'s tools',
  command: CheckCommand.shell(`${freshImages} && bin/gcodex --tool fs_read --dry-run`),
  expectation: 'The tool is offered, with its schema.',
  covers: [codexCli, gateway],
  files: commandLine,
  prerequisites: [Prerequisite.engine()],
  exclusive: true,
});
new Check(garvis, 'service-pins', {
  title: 'Pins of further services are documented',
  command: CheckCommand.shell('npx toolbox-constructs pins check'),
  expectation: 'Every registry still has the digest that is recorded for a tag.',
  covers: [ollama, gateway],
  prerequisites: [Prerequisite.registry()],
});

garvis.synth();
