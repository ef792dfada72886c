import { Construct } from 'constructs';
import { Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Duration } from '../model/duration';
import { Endpoint } from '../model/endpoint';
import { EnvironmentValue } from '../model/environment-value';
import { aConstruct, anyOf, expectFields, instanceOf } from '../model/fields';
import { HealthCheck } from '../model/health-check';
import { HostService } from '../model/host-service';
import { Image } from '../model/image';
import { Mount } from '../model/mount';
import { Network } from '../model/network';
import { CodexConfig, codexConfig, codexConfigWithProfileFile, codexProfileFile } from './private/codex-config';
import { CHAT_BEFORE, releases } from './private/releases';
import { findPin, textLike, webAddress } from './private/settings';
import { CODEX_CLI_PROPS } from './structs';
import type { Pin } from '../model/pin';
import { Resources } from '../model/resources';
import { Secret } from '../model/secret';
import { Service } from '../model/service';
import type { FileFacts, ServiceFacts, SettingProblem } from '../model/service-facts';
import { Size } from '../model/size';
import { User } from '../model/user';
import { Volume } from '../model/volume';

const CODEX_HOME = '/home/coder/.codex';
const WORKSPACE = '/workspace';
const TOKEN_FOLDER = '/run/toolbox';
/** Build arguments that have a source of their own. */
const OWN_ARGUMENTS = {
  CODEX_VERSION: 'the inventory',
  CODEX_INTEGRITY: 'the inventory',
  WITH_PYTHON: 'the property "python"',
};
/** The image's entry point links each user's sessions from here into CODEX_HOME. */
const SESSIONS = '/var/lib/codex-sessions';

/** For releases whose turn fails otherwise. A model reads it, so it has no provenance line. */
const ONE_CALL_AT_A_TIME = `# Tool calls

Call one tool at a time: put a single tool call into an answer, and wait for its result before the next call.
Several tool calls in one answer cannot be read, and the turn fails.
`;

/** The wire API between codex and a model server. */
export enum WireApi {
  /** `/v1/chat/completions`: every Ollama, codex before 0.95. */
  CHAT = 'chat',
  /** `/v1/responses`: Ollama since 0.13.3. */
  RESPONSES = 'responses',
}

/** How codex reaches MCP servers. */
export enum McpTransport {
  /** Through a bridge program in the container. */
  STDIO = 'stdio',
  /** By itself; codex since 0.47. */
  HTTP = 'http',
}

/** A gateway that codex is given. */
export interface CodexGateway {
  /** Address of the gateway's MCP endpoint. */
  readonly endpoint: Endpoint;
  /** The bearer token that codex shows. */
  readonly token: Secret;
  /**
   * How codex reaches the gateway.
   *
   * @default - STDIO before codex 0.47, HTTP since
   */
  readonly transport?: McpTransport;
}

/** Properties of a codex. */
export interface CodexCliProps {
  /** Component of the inventory that says which version of codex it is. */
  readonly component: string;
  /** Folder the image is built from. */
  readonly context: string;
  /**
   * The Dockerfile, relative to the context.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;
  /** Name given to the built image, without tag. */
  readonly repository: string;
  /**
   * Whether the image has Python, with `venv`. It is passed to the build as the argument `WITH_PYTHON`.
   *
   * @default false
   */
  readonly python?: boolean;
  /**
   * Further build arguments of the image. `CODEX_VERSION` and `CODEX_INTEGRITY` come from the inventory, `WITH_PYTHON`
   * from `python`.
   *
   * @default - none
   */
  readonly buildArgs?: Record<string, string>;
  /**
   * Base images of the Dockerfile: name of the build argument, and component of the inventory.
   *
   * @default - whatever the Dockerfile says
   */
  readonly baseImages?: Record<string, string>;
  /** Name of the profile. */
  readonly codexProfile: string;
  /** The service or host service that serves the model; Ollama's port and interface are assumed. */
  readonly modelServer: Construct;
  /** Address of the model server. */
  readonly modelEndpoint: Endpoint;
  /** Name of the model. */
  readonly model: string;
  /**
   * How it talks to the model server.
   *
   * @default - CHAT before codex 0.95, RESPONSES since
   */
  readonly wireApi?: WireApi;
  /** Where it works. */
  readonly workspace: Volume;
  /**
   * Where sessions are kept, for `codex resume`.
   *
   * @default - none, a session ends with its container
   */
  readonly sessions?: Volume;
  /** Networks on which it reaches the model server and the gateway. */
  readonly networks: Network[];
  /**
   * The gateway that gives it tools.
   *
   * @default - none, codex has its own tools only
   */
  readonly gateway?: CodexGateway;
  /**
   * The command of the container.
   *
   * @default ['/bin/bash']
   */
  readonly command?: string[];
  /**
   * Its resource limits.
   *
   * @default - 2 processors, 4 GiB of memory
   */
  readonly resources?: Resources;
}

const MODEL_SERVER = anyOf(instanceOf('Service'), instanceOf('HostService'));

/** OpenAI's Codex CLI, in a container that a person attaches to. */
export class CodexCli extends Service {
  /** The profile that codex is called with. */
  public readonly codexProfile: string;
  private readonly settings: CodexCliProps;

  constructor(scope: Construct, id: string, props: CodexCliProps) {
    expectFields('new CodexCli', { scope }, { scope: aConstruct });
    expectFields('new CodexCli', props, CODEX_CLI_PROPS);
    expectFields('new CodexCli', { modelServer: props.modelServer }, { modelServer: MODEL_SERVER });
    super(scope, id, {
      image: imageOf(props),
      command: props.command ?? ['/bin/bash'],
      workingDirectory: WORKSPACE,
      terminal: true,
      environment: {
        CODEX_HOME: EnvironmentValue.literal(CODEX_HOME),
        OLLAMA_HOST: EnvironmentValue.endpoint(props.modelEndpoint),
      },
      mounts: [
        Mount.volume(props.workspace, WORKSPACE),
        Mount.scratch(CODEX_HOME, { size: Size.mebibytes(256) }),
        Mount.scratch(TOKEN_FOLDER, { size: Size.mebibytes(1) }),
        Mount.scratch('/tmp', { size: Size.mebibytes(512), executable: true }),
        ...(props.sessions === undefined ? [] : [Mount.volume(props.sessions, SESSIONS)]),
      ],
      networks: props.networks,
      healthCheck: HealthCheck.command(['codex', '--version'], {
        interval: Duration.seconds(15),
        timeout: Duration.seconds(10),
      }),
      resources: props.resources ?? {
        cpu: Cpu.cores(2),
        memory: Size.gibibytes(4),
        pids: 1024,
        ephemeralStorage: Size.gibibytes(2),
      },
    });
    if (props.gateway !== undefined) {
      this.addEnvironment(props.gateway.token.key, EnvironmentValue.secret(props.gateway.token));
    }
    this.settings = { ...props, buildArgs: { ...props.buildArgs }, baseImages: { ...props.baseImages } };
    this.codexProfile = props.codexProfile;
  }

  /** The version that the inventory pins; empty if it pins none. */
  public get version(): string {
    return findPin(this, this.settings.component)?.version ?? '';
  }

  public get description(): string {
    const { python, codexProfile } = this.settings;
    const own = `Codex CLI ${this.version} ${python ? 'with' : 'without'} Python, profile ${codexProfile}`;
    return super.description || own;
  }

  public get image(): Image {
    return imageOf(this.settings, findPin(this, this.settings.component));
  }

  /** @internal */
  public _facts(): ServiceFacts {
    const props = this.settings;
    const pin = findPin(this, props.component);
    const version = pin?.version ?? '';
    const config = configOf(version, props);
    const joinsCalls = config.wireApi === 'chat' && releases.codexJoinsCalls(version);
    return {
      files: filesOf(config, joinsCalls),
      problems: [...problemsOf(props), ...incompatibilities(config, pin?.version, serverVersion(this, props))],
      notes: joinsCalls
        ? [
          `codex ${version} cannot read several tool calls in one answer: the turn fails, and so does the session ` +
            'when it is resumed. Its instructions (AGENTS.md) ask the model for one call at a time.',
        ]
        : [],
      client: {
        component: props.component,
        server: props.modelServer,
        protocol: config.wireApi,
        protocolBefore: config.wireApi === 'chat' ? CHAT_BEFORE : undefined,
        asks: props.model,
      },
    };
  }
}

/** @param pin the pin of codex; the image is not complete without it. */
function imageOf(props: CodexCliProps, pin?: Pin): Image {
  const version = pin?.version ?? '';
  return Image.fromBuild(props.context, {
    repository: props.repository,
    tag: version === '' ? 'unknown' : version,
    dockerfile: props.dockerfile,
    args: {
      CODEX_VERSION: version,
      CODEX_INTEGRITY: pin?.npm?.integrity ?? '',
      ...(props.python ? { WITH_PYTHON: 'true' } : {}),
      ...props.buildArgs,
    },
    baseImages: props.baseImages,
    user: User.of(10001),
    healthTools: ['bash', 'codex', 'curl'],
  });
}

function filesOf(config: CodexConfig, joinsCalls: boolean): FileFacts[] {
  const file = (name: string, content: Content[]): FileFacts => ({ name, path: `${CODEX_HOME}/${name}`, content });
  const separate = releases.codexHasProfileFiles(config.version);
  return [
    file('config.toml', separate ? codexConfigWithProfileFile(config) : codexConfig(config)),
    ...(separate ? [file(`${config.profile}.config.toml`, codexProfileFile(config))] : []),
    ...(joinsCalls ? [file('AGENTS.md', [Content.text(ONE_CALL_AT_A_TIME)])] : []),
  ];
}

/** Returns the version of the model server by the pin of the host service, or of the image of the service. */
function serverVersion(scope: Construct, { modelServer }: CodexCliProps): string | undefined {
  const component = HostService.isHostService(modelServer)
    ? (modelServer as HostService).component
    : imageComponent(modelServer as Service);
  return component === undefined ? undefined : findPin(scope, component)?.version;
}

function imageComponent({ image }: Service): string | undefined {
  return image._spec.kind === 'pin' ? image._spec.component : undefined;
}

/** Returns the conflicts between the pinned versions and the configuration. */
function incompatibilities({ wireApi, gateway }: CodexConfig, codex?: string, ollama?: string): SettingProblem[] {
  const messages = [
    ...(codex === undefined
      ? ['The codex version is unknown, so its configuration cannot be generated.']
      : []),
    ...(codex !== undefined && gateway?.transport === 'http' && !releases.codexSpeaksHttp(codex)
      ? [`codex ${codex} supports MCP servers over stdio only.`]
      : []),
    ...(codex !== undefined && wireApi === 'chat' && !releases.codexSpeaksChat(codex)
      ? [`codex ${codex} no longer supports the wire API "chat".`]
      : []),
    ...(wireApi === 'responses' && ollama !== undefined && !releases.ollamaSpeaksResponses(ollama)
      ? [`Ollama ${ollama} does not support the wire API "responses"; use 0.13.3 or newer.`]
      : []),
  ];
  return messages.map((message) => ({ rule: 'codex-compatibility', message }));
}

function problemsOf({
  modelServer,
  modelEndpoint,
  gateway,
  buildArgs = {},
  baseImages = {},
}: CodexCliProps): SettingProblem[] {
  const own = Object.entries(OWN_ARGUMENTS).filter(([name]) =>
    [buildArgs, baseImages].some((map) => Object.hasOwn(map, name)),
  );
  return [
    ...(modelEndpoint._target === modelServer
      ? []
      : [{ message: "The address of the model server is another server's.", fix: 'Give modelServer.endpoint().' }]),
    ...webAddress('model server', modelEndpoint),
    ...textLike(
      'path of the address of the model server',
      modelEndpoint.suffix,
      /^$/,
      'Leave it out: codex asks below /v1.',
    ),
    ...(gateway === undefined ? [] : webAddress('gateway', gateway.endpoint)),
    ...own.map(([name, source]) => ({
      message: `The build argument ${name} is given.`,
      fix: `Leave it out: it comes from ${source}.`,
    })),
  ];
}

function wireApiOf(version: string, wanted?: WireApi): 'chat' | 'responses' {
  return wanted ?? (releases.codexSpeaksChat(version) ? WireApi.CHAT : WireApi.RESPONSES);
}

function transportOf(version: string, gateway: CodexGateway): 'stdio' | 'http' {
  return gateway.transport ?? (releases.codexSpeaksHttp(version) ? McpTransport.HTTP : McpTransport.STDIO);
}

function configOf(version: string, props: CodexCliProps): CodexConfig {
  const { codexProfile, model, modelEndpoint, gateway } = props;
  return {
    version,
    profile: codexProfile,
    model,
    wireApi: wireApiOf(version, props.wireApi),
    modelEndpoint: Endpoint._of(modelEndpoint._target, modelEndpoint.port, {
      scheme: modelEndpoint.scheme,
      suffix: '/v1',
    }),
    workspace: WORKSPACE,
    gateway: gateway && {
      name: 'gateway',
      transport: transportOf(version, gateway),
      endpoint: gateway.endpoint,
      bridge: ['node', '/opt/mcp-gateway/bridge.mjs'],
      tokenFile: `${TOKEN_FOLDER}/${gateway.token.key.toLowerCase().replace(/_/g, '-')}`,
      tokenVariable: gateway.token.key,
    },
  };
}
