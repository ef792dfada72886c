import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The two facts of codex's configuration that are needed: which provider the model is asked from, so that its address
 * can be overridden and nothing else, and which MCP servers are named. The file is generated, one `key = "value"` a
 * line.
 */
export function readConfiguration(codexHome) {
  if (!codexHome) throw new Error('CODEX_HOME is not set: run this in the codex-cli container.');
  const file = join(codexHome, 'config.toml');
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${error.code}): it must be readable for the user of the container.`);
  }
  const provider = /^model_provider = "([^"]+)"$/m.exec(text)?.[1];
  if (provider === undefined) throw new Error(`${file} names no model_provider.`);
  return { provider, servers: [...text.matchAll(/^\[mcp_servers\.([A-Za-z0-9_-]+)\]$/gm)].map((match) => match[1]) };
}
