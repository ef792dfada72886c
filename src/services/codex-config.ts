import { Content } from '../model/config-file';
import { Endpoint } from '../model/endpoint';
import { tomlContent, tomlKey, tomlString, tomlStrings } from './private/toml';

/** How codex reaches a gateway. */
export interface CodexGatewayConfig {
  /** Name of the server in codex; tools are offered as NAME__TOOL. */
  readonly name: string;
  readonly transport: 'stdio' | 'http';
  /** Address of the MCP endpoint. */
  readonly endpoint: Endpoint;
  /** The bridge's program and its arguments before the address. */
  readonly bridge: readonly string[];
  /** File that holds the bearer token, for the bridge. */
  readonly tokenFile: string;
  /** Variable that holds the bearer token, for codex itself. */
  readonly tokenVariable: string;
}

/** What a configuration of codex says. */
export interface CodexConfig {
  readonly version: string;
  readonly profile: string;
  readonly model: string;
  readonly wireApi: 'chat' | 'responses';
  /** Address of the model server's OpenAI-compatible interface, ending in /v1. */
  readonly modelEndpoint: Endpoint;
  readonly workspace: string;
  readonly gateway?: CodexGatewayConfig;
}

/**
 * `config.toml` for releases whose profiles are tables in it.
 *
 * Model and provider stand at the top level as well: `codex --profile X exec` ignores the profile in these releases,
 * and would otherwise ask OpenAI.
 */
export function codexConfig(config: CodexConfig): Content[] {
  return tomlContent(
    '# ', Content.provenance(), '\n\n',
    ...commonHead(config),
    'sandbox_mode = "workspace-write"\n\n',
    ...provider(config),
    `[profiles.${tomlKey(config.profile)}]\n`,
    ...modelLines(config), '\n',
    ...gatewayLines(config, []),
    ...trust(config),
  );
}

/**
 * `config.toml` for releases whose profile is a file of its own; written so that nothing but the model and the gateway
 * is asked.
 */
export function codexConfigWithProfileFile(config: CodexConfig): Content[] {
  return tomlContent(
    '# ', Content.provenance(), '\n\n',
    ...commonHead(config),
    'sandbox_mode = "danger-full-access"\n',
    'web_search = "disabled"\n',
    'check_for_update_on_startup = false\n\n',
    '[analytics]\nenabled = false\n\n',
    '[agents]\nenabled = false\n\n',
    '[features]\napps = false\nplugins = false\ngoals = false\nimage_generation = false\n\n',
    ...provider(config),
    ...gatewayLines(config, ['required = true\n', 'default_tools_approval_mode = "approve"\n']),
    ...trust(config),
  );
}

/** The profile file beside it. */
export function codexProfileFile(config: CodexConfig): Content[] {
  return tomlContent('# ', Content.provenance(), '\n\n', ...modelLines(config));
}

function commonHead(config: CodexConfig): (string | Content)[] {
  // over the chat API codex otherwise shows an answer only once it is complete, which takes minutes with a slow model
  const streaming = config.wireApi === 'chat' ? ['show_raw_agent_reasoning = true\n'] : [];
  return [...modelLines(config), 'approval_policy = "never"\n', ...streaming];
}

function modelLines({ model, profile }: CodexConfig): string[] {
  return [`model = ${tomlString(model)}\n`, `model_provider = ${tomlString(providerName(profile))}\n`];
}

function providerName(profile: string): string {
  return `${profile}-ollama`;
}

function provider({ profile, modelEndpoint, wireApi }: CodexConfig): (string | Content)[] {
  return [
    `[model_providers.${tomlKey(providerName(profile))}]\n`,
    'name = "Ollama"\n',
    'base_url = "', Content.endpoint(modelEndpoint), '"\n',
    `wire_api = ${tomlString(wireApi)}\n`,
    'request_max_retries = 1\n',
    'stream_max_retries = 1\n',
    'stream_idle_timeout_ms = 300000\n\n',
  ];
}

function gatewayLines({ gateway }: CodexConfig, more: string[]): (string | Content)[] {
  if (gateway === undefined) {
    return [];
  }
  const [program, ...rest] = gateway.bridge;
  const transport =
    gateway.transport === 'http'
      ? [
        'url = "',
        Content.endpoint(gateway.endpoint),
        '"\n',
        `bearer_token_env_var = ${tomlString(gateway.tokenVariable)}\n`,
        ...more,
      ]
      : [
        `command = ${tomlString(program)}\n`,
        `args = ${tomlStrings([...rest, '--url']).slice(0, -1)}, "`,
        Content.endpoint(gateway.endpoint),
        `", "--token-file", ${tomlString(gateway.tokenFile)}]\n`,
      ];
  return [
    `[mcp_servers.${tomlKey(gateway.name)}]\n`,
    ...transport,
    'startup_timeout_sec = 20\n',
    'tool_timeout_sec = 60\n\n',
  ];
}

function trust({ workspace }: CodexConfig): string[] {
  return [`[projects.${tomlString(workspace)}]\n`, 'trust_level = "trusted"\n'];
}
