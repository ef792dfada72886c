import { Construct } from 'constructs';
import { Tool } from './tool';
import { ToolClient, ToolConcurrency, ToolPolicy } from './tool-policy';
import { Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Duration } from '../model/duration';
import { Endpoint } from '../model/endpoint';
import { EnvironmentValue } from '../model/environment-value';
import { expectFields } from '../model/fields';
import { HealthCheck } from '../model/health-check';
import { Image } from '../model/image';
import { Mount } from '../model/mount';
import { Network } from '../model/network';
import { Port } from '../model/port';
import { Profile } from '../model/profile';
import { Resources } from '../model/resources';
import { Service } from '../model/service';
import type { ServiceFacts } from '../model/service-facts';
import { Size } from '../model/size';
import { User } from '../model/user';
import { Volume } from '../model/volume';
import { manifestProblems } from './private/manifest-problems';
import { manifest } from './private/tool-manifest';
import { MCP_GATEWAY_PROPS } from './structs';

const PORT = 8811;
const WORKSPACE = '/workspace';
const AUDIT_FOLDER = '/var/log/mcp-gateway';
const AUDIT_LOG = `${AUDIT_FOLDER}/audit.jsonl`;
const PROGRAM = '/opt/mcp-gateway/lib/main.mjs';
const MANIFEST = '/etc/mcp-gateway/manifest.json';

/**
 * Capabilities of the gateway in `containers/mcp-gateway`.
 *
 * @internal
 */
export const CAPABILITIES = [
  ...['list', 'tree', 'stat', 'read', 'find', 'grep'].map((operation) => `file:${operation}`),
  ...['list', 'extract'].map((operation) => `image:${operation}`),
  ...[
    'cat',
    'cmp',
    'cut',
    'diff',
    'file',
    'git',
    'grep',
    'head',
    'nl',
    'od',
    'rg',
    'sha256sum',
    'sort',
    'tail',
    'uniq',
    'wc',
  ].map((program) => `command:${program}`),
];

/** Properties of the gateway. */
export interface McpGatewayProps {
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
  /** Tag given to the built image. */
  readonly tag: string;
  /**
   * Build arguments of the image.
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
  /** The workspace that tools may read. */
  readonly workspace: Volume;
  /**
   * Whether the workspace is mounted so that tools may write to it.
   *
   * @default false
   */
  readonly writableWorkspace?: boolean;
  /**
   * Where the audit log is kept. It may be the workspace's volume, or a folder of it, if every tool is denied the files
   * of the log (`audit.jsonl*`).
   */
  readonly auditVolume: Volume;
  /**
   * Whether the record of a call names its files: the path arguments, and the files that were opened. Names of files
   * can be personal data.
   *
   * @default false - a record keeps the types and lengths of arguments only
   */
  readonly recordPaths?: boolean;
  /** The network on which it is called; it needs no way out. */
  readonly network: Network;
  /** The tools it lets through; everything else is refused. */
  readonly tools: Tool[];
  /** Who may call them. */
  readonly clients: ToolClient[];
  /**
   * How many calls run at once. Each client may use an equal share.
   *
   * @default - 8 calls of file tools, 4 commands, 2 calls of image tools
   */
  readonly concurrency?: ToolConcurrency;
  /**
   * Names by which clients reach it, beside its own, for example that of a reverse proxy.
   *
   * @default - none
   */
  readonly hostNames?: string[];
  /**
   * Origins of browser programs that may call it.
   *
   * @default - none
   */
  readonly allowedOrigins?: string[];
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Its resource limits.
   *
   * @default - 1 processor, 2 GiB of memory: decoding an image may take more than half of it
   */
  readonly resources?: Resources;
}

/** This project's own MCP gateway: it enforces a tool policy and keeps an audit log. */
export class McpGateway extends Service {
  /** Its tool policy. */
  public readonly policy: ToolPolicy;
  private readonly settings: McpGatewayProps;

  constructor(scope: Construct, id: string, props: McpGatewayProps) {
    expectFields('new McpGateway', props, MCP_GATEWAY_PROPS);
    super(scope, id, {
      description: 'MCP gateway that enforces the tool policy',
      image: Image.fromBuild(props.context, {
        repository: props.repository,
        tag: props.tag,
        dockerfile: props.dockerfile,
        args: props.buildArgs,
        baseImages: props.baseImages,
        user: User.of(10001),
        healthTools: ['node'],
      }),
      command: ['serve', '--manifest', MANIFEST],
      profile: props.profile,
      environment: Object.fromEntries(props.clients.map(({ token }) => [token.key, EnvironmentValue.secret(token)])),
      mounts: [
        Mount.volume(props.workspace, WORKSPACE, { readOnly: !props.writableWorkspace }),
        Mount.volume(props.auditVolume, AUDIT_FOLDER),
        Mount.scratch('/tmp', { size: Size.mebibytes(128) }),
      ],
      ports: [Port.internal(PORT, { name: 'mcp' })],
      networks: [props.network],
      healthCheck: HealthCheck.http(PORT, '/readyz', {
        command: ['node', PROGRAM, '--health-check', '--url', `http://127.0.0.1:${PORT}`],
        interval: Duration.seconds(15),
        startPeriod: Duration.seconds(15),
      }),
      resources: props.resources ?? {
        cpu: Cpu.cores(1),
        memory: Size.gibibytes(2),
        pids: 128,
        ephemeralStorage: Size.mebibytes(512),
      },
      stopGrace: Duration.seconds(20),
    });
    this.policy = new ToolPolicy(this, 'policy', {
      tools: props.tools,
      clients: props.clients,
      workspace: WORKSPACE,
      capabilities: CAPABILITIES,
      concurrency: props.concurrency,
      auditLog: AUDIT_LOG,
    });
    this.settings = {
      ...props,
      hostNames: [...(props.hostNames ?? [])],
      allowedOrigins: [...(props.allowedOrigins ?? [])],
    };
  }

  /** Adds a tool to what it lets through. */
  public addTool(tool: Tool): void {
    this.policy.addTool(tool);
  }

  /** Address of the MCP endpoint. */
  public mcpEndpoint(): Endpoint {
    return this.endpoint(PORT, { suffix: '/mcp' });
  }

  /** @internal */
  public _facts(): ServiceFacts {
    const { allowedOrigins, recordPaths, writableWorkspace } = this.settings;
    const { clients, concurrency } = this.policy._props;
    const hostNames = (this.settings.hostNames ?? []).map((name) => name.toLowerCase());
    const tools = this.policy._tools();
    const data = manifest({
      name: this.name,
      workspace: { root: WORKSPACE, access: writableWorkspace ? 'read-write' : 'read-only' },
      port: PORT,
      hostNames: [...new Set([this.name, ...hostNames])],
      allowedOrigins: [...new Set(allowedOrigins)],
      audit: { path: AUDIT_LOG, recordPaths: recordPaths || undefined },
      concurrency,
      clients,
      tools,
    });
    return {
      files: [{ name: 'manifest.json', path: MANIFEST, content: [Content._data('json', data)] }],
      problems: manifestProblems(data, { clients, tools }),
    };
  }
}
