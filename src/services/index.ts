export * from './codex-cli';
export * from './docker-mcp-gateway';
export * from './host-ollama';
export * from './host-relay';
export * from './mcp-gateway';
export * from './ollama';
export * from './reverse-proxy';
