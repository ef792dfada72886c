import { Content, DataTable } from '../../model/config-file';
import { Endpoint } from '../../model/endpoint';

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

/** Settings of a codex configuration. */
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
 * Returns `config.toml` for releases whose profiles are tables in it.
 *
 * Model and provider stand at the top level as well: `codex --profile X exec` ignores the profile in these releases,
 * and would otherwise ask OpenAI.
 */
export function codexConfig(config: CodexConfig): Content[] {
  return tomlFile({
    ...commonHead(config),
    sandbox_mode: 'workspace-write',
    model_providers: provider(config),
    profiles: { [config.profile]: modelEntries(config) },
    mcp_servers: gatewayTable(config, {}),
    projects: trust(config),
  });
}

/**
 * Returns `config.toml` for releases whose profile is a file of its own; written so that nothing but the model and the
 * gateway is asked.
 */
export function codexConfigWithProfileFile(config: CodexConfig): Content[] {
  return tomlFile({
    ...commonHead(config),
    sandbox_mode: 'danger-full-access',
    web_search: 'disabled',
    check_for_update_on_startup: false,
    analytics: { enabled: false },
    agents: { enabled: false },
    features: { apps: false, plugins: false, goals: false, image_generation: false },
    model_providers: provider(config),
    mcp_servers: gatewayTable(config, { required: true, default_tools_approval_mode: 'approve' }),
    projects: trust(config),
  });
}

/** Returns the profile file beside it. */
export function codexProfileFile(config: CodexConfig): Content[] {
  return tomlFile(modelEntries(config));
}

function tomlFile(data: DataTable): Content[] {
  return [Content.text('# '), Content.provenance(), Content.text('\n\n'), Content._data('toml', data)];
}

function commonHead(config: CodexConfig): DataTable {
  return {
    ...modelEntries(config),
    approval_policy: 'never',
    // over the chat API codex otherwise shows an answer only once it is complete, which takes minutes with a slow model
    show_raw_agent_reasoning: config.wireApi === 'chat' || undefined,
  };
}

function modelEntries({ model, profile }: CodexConfig): DataTable {
  return { model, model_provider: providerName(profile) };
}

function providerName(profile: string): string {
  return `${profile}-ollama`;
}

function provider({ profile, modelEndpoint, wireApi }: CodexConfig): DataTable {
  return {
    [providerName(profile)]: {
      name: 'Ollama',
      base_url: Content.endpoint(modelEndpoint),
      wire_api: wireApi,
      request_max_retries: 1,
      stream_max_retries: 1,
      stream_idle_timeout_ms: 300_000,
    },
  };
}

/** @param forHttp further settings for a gateway that codex reaches by itself. */
function gatewayTable({ gateway }: CodexConfig, forHttp: DataTable): DataTable | undefined {
  if (gateway === undefined) {
    return undefined;
  }
  const endpoint = Content.endpoint(gateway.endpoint);
  const [command, ...rest] = gateway.bridge;
  const transport: DataTable =
    gateway.transport === 'http'
      ? { url: endpoint, bearer_token_env_var: gateway.tokenVariable, ...forHttp }
      : { command, args: [...rest, '--url', endpoint, '--token-file', gateway.tokenFile] };
  return { [gateway.name]: { ...transport, startup_timeout_sec: 20, tool_timeout_sec: 60 } };
}

function trust({ workspace }: CodexConfig): DataTable {
  return { [workspace]: { trust_level: 'trusted' } };
}
