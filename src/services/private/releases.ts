import { isAtLeast } from '../../util/version';

/** First version of codex without the wire API "chat": 0.94 has it, 0.96 has not. */
export const CHAT_BEFORE = [0, 95, 0];

/**
 * Capabilities of codex and Ollama releases, found by running them; each boundary lies between two releases that were
 * tried.
 */
export const releases = {
  /** codex 0.45 does not connect to MCP servers over HTTP with a token, 0.47 does. */
  codexSpeaksHttp: (version: string): boolean => isAtLeast(version, [0, 47, 0]),
  codexSpeaksChat: (version: string): boolean => !isAtLeast(version, CHAT_BEFORE),
  /** codex 0.125 keeps profiles as tables in `config.toml`, 0.134 in files of their own. */
  codexHasProfileFiles: (version: string): boolean => isAtLeast(version, [0, 126, 0]),
  /** codex 0.63 joins the arguments of several tool calls in one answer of the chat API, 0.80 keeps them apart. */
  codexJoinsCalls: (version: string): boolean => !isAtLeast(version, [0, 80, 0]),
  /** Ollama has `/v1/responses` since 0.13.3. */
  ollamaSpeaksResponses: (version: string): boolean => isAtLeast(version, [0, 13, 3]),
};

/**
 * Settings that keep an Ollama from passing requests to models in its maker's cloud, by version; read in its sources
 * and tried on 0.12.3. Versions before 0.12.0 have no such models.
 */
const CLOUD_SWITCHES = [
  // the hosts that may be asked; without it "ollama.com"
  { name: 'OLLAMA_REMOTES', value: 'none', from: [0, 12, 0], before: [0, 16, 2] },
  { name: 'OLLAMA_NO_CLOUD', value: '1', from: [0, 16, 2] },
];

/** Returns the variables that turn the cloud off in a version; all there are for a version that is not known. */
export function cloudSwitches(version?: string): { readonly name: string; readonly value: string }[] {
  const isRelease = version !== undefined && /^v?\d+\.\d+/.test(version);
  return CLOUD_SWITCHES.filter(({ from, before }) => (
    !isRelease || (isAtLeast(version, from) && (before === undefined || !isAtLeast(version, before)))));
}
