import { Construct } from 'constructs';
import { Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Endpoint } from '../model/endpoint';
import { EnvironmentValue } from '../model/environment-value';
import { HealthCheck } from '../model/health-check';
import { Image } from '../model/image';
import { Mount } from '../model/mount';
import { Network } from '../model/network';
import { Port } from '../model/port';
import { repeated, textLike, webAddress } from './private/settings';
import { DOCKER_MCP_GATEWAY_PROPS } from './structs';
import { Tool } from './tool';
import { ToolPolicy } from './tool-policy';
import { expectFields } from '../model/fields';
import { Profile } from '../model/profile';
import { Resources } from '../model/resources';
import { Secret } from '../model/secret';
import { Service } from '../model/service';
import type { ServiceFacts, SettingProblem } from '../model/service-facts';
import { Size } from '../model/size';

const PORT = 8811;
const CATALOG = '/root/.docker/mcp/catalogs/toolbox.yaml';
const WORKSPACE = '/workspace';
/** Names stand in one argument, separated by commas. */
const SERVER_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/;

/** An MCP server behind the gateway, reached over HTTP on a shared network. */
export interface DockerMcpServer {
  /** Name in the gateway's catalog. */
  readonly name: string;
  /** Description, for people. */
  readonly description: string;
  /** Address of its MCP endpoint. */
  readonly endpoint: Endpoint;
  /** Names of the tools it brings. */
  readonly toolNames: string[];
}

/** Properties of Docker's gateway. */
export interface DockerMcpGatewayProps {
  /** Component of the inventory that pins the image; only a digest pins it, since its tags move. */
  readonly component: string;
  /** The servers behind it, which must be up before it: it lists their tools once, at start. */
  readonly servers: DockerMcpServer[];
  /** The tools it lets through, by name. */
  readonly tools: Tool[];
  /** The one bearer token that every client shows; its key is MCP_GATEWAY_AUTH_TOKEN, which the image reads. */
  readonly token: Secret;
  /** The network on which it is called, and on which it reaches the servers. */
  readonly network: Network;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Its resource limits.
   *
   * @default - 1 processor, 512 MiB of memory
   */
  readonly resources?: Resources;
}

/**
 * Docker's MCP gateway in static mode: without the engine's socket, in front of servers that run already. It knows
 * tools by name; it has no policy on arguments, no audit log and one token for all clients.
 */
export class DockerMcpGateway extends Service {
  /** Its tool policy. */
  public readonly policy: ToolPolicy;
  private readonly servers: readonly DockerMcpServer[];

  constructor(scope: Construct, id: string, props: DockerMcpGatewayProps) {
    expectFields('new DockerMcpGateway', props, DOCKER_MCP_GATEWAY_PROPS);
    super(scope, id, {
      description: "Docker's MCP gateway in static mode",
      image: Image.fromPin(props.component, {
        rootReason: 'The gateway accepts catalogs below /root/.docker/mcp/catalogs only.',
        writablePaths: ['/tmp'],
        healthTools: ['wget'],
      }),
      profile: props.profile,
      environment: {
        DOCKER_MCP_ALLOW_INSECURE_REMOTE_URLS: EnvironmentValue.literal('1'),
        [props.token.key]: EnvironmentValue.secret(props.token),
      },
      mounts: [Mount.scratch('/root/.docker/mcp', { size: Size.mebibytes(16) })],
      ports: [Port.internal(PORT, { name: 'mcp' })],
      networks: [props.network],
      healthCheck: HealthCheck.http(PORT, '/health'),
      resources: props.resources ?? {
        cpu: Cpu.cores(1),
        memory: Size.mebibytes(512),
        pids: 128,
        ephemeralStorage: Size.mebibytes(512),
      },
    });
    this.policy = new ToolPolicy(this, 'policy', {
      tools: props.tools,
      clients: [{ name: 'every-client', token: props.token }],
      workspace: WORKSPACE,
      capabilities: props.servers.flatMap(({ toolNames }) => toolNames),
    });
    this.servers = [...props.servers];
  }

  /** Adds a tool to what it lets through. */
  public addTool(tool: Tool): void {
    this.policy.addTool(tool);
  }

  /** Address of the MCP endpoint. */
  public mcpEndpoint(): Endpoint {
    return this.endpoint(PORT, { suffix: '/mcp' });
  }

  public get command(): string[] | undefined {
    return super.command ?? [
      '--static=true',
      '--transport=streaming',
      `--port=${PORT}`,
      `--catalog=${CATALOG}`,
      `--servers=${this.servers.map(({ name }) => name).sort().join(',')}`,
      ...this.policy.tools.map(({ name }) => `--tools=${name}`).sort(),
    ];
  }

  /** @internal */
  public _facts(): ServiceFacts {
    const { servers, policy } = this;
    const [{ token }] = policy._props.clients;
    return {
      files: [{ name: 'toolbox.yaml', path: CATALOG, content: catalog(servers) }],
      problems: problemsOf(servers, policy.tools, token),
    };
  }
}

function problemsOf(servers: readonly DockerMcpServer[], tools: readonly Tool[], token: Secret): SettingProblem[] {
  return [
    ...servers.flatMap(({ name, endpoint }) => [
      ...textLike(
        'name of a server',
        name,
        SERVER_NAME,
        'Use letters, digits, dots, dashes and underscores, not beginning with a dash.',
      ),
      ...webAddress(`server ${JSON.stringify(name)}`, endpoint),
    ]),
    ...repeated(
      'server',
      servers.map(({ name }) => name),
      'Give each server a name of its own.',
    ),
    ...emptyList('server', servers),
    ...emptyList('tool', tools),
    ...tools.flatMap(unheldLimits),
    ...textLike(
      'key of the token',
      token.key,
      /^MCP_GATEWAY_AUTH_TOKEN$/,
      'Call it MCP_GATEWAY_AUTH_TOKEN: the image reads no other, and without it lets everybody in.',
    ),
  ];
}

/** The gateway takes an option that is missing for "all". */
function emptyList(what: string, items: readonly unknown[]): SettingProblem[] {
  return items.length > 0 ? [] : [{
    message: `There is no ${what}, which the gateway would take for every ${what}.`,
    fix: `Name one ${what} at least, or take the gateway away.`,
  }];
}

/** It lets a tool through or not, and looks at nothing else. */
function unheldLimits({
  name,
  _options: { clients, allow, deny, timeout, maxOutput, callsPerMinute },
}: Tool): SettingProblem[] {
  const limits = Object.entries({ clients, allow, deny, timeout, maxOutput, callsPerMinute });
  const given = limits.filter(([, value]) => value !== undefined).map(([key]) => key);
  return given.length === 0
    ? []
    : [
      {
        message:
          `The tool ${JSON.stringify(name)} has ${given.join(', ')}, ` +
          "which Docker's gateway does not hold it to.",
        fix: 'Take it away, or use McpGateway, which does.',
      },
    ];
}

/** The catalog names remote servers, so that the gateway starts nothing and downloads nothing. */
function catalog(servers: readonly DockerMcpServer[]): Content[] {
  const entries = [...servers]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, description, endpoint }) => [
      Content.text(
        `  ${JSON.stringify(name)}:\n    description: ${JSON.stringify(description)}\n` +
          '    type: "remote"\n    remote:\n      transport_type: "http"\n      url: "',
      ),
      Content.endpoint(endpoint),
      Content.text('"\n'),
    ]);
  return [
    Content.text('# '),
    Content.provenance(),
    Content.text('\nversion: 3\nname: "toolbox"\nregistry:\n'),
    ...entries,
  ];
}
