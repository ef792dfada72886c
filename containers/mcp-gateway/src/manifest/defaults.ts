import { Manifest } from './manifest';

/** How the gateway listens, with the defaults that the schema names. */
export type HttpSettings = Required<Manifest['http']>;

export function httpSettings(manifest: Manifest): HttpSettings {
  return { path: '/mcp', maxBodyBytes: 262_144, maxSessions: 64, sessionIdleSeconds: 900, ...manifest.http };
}

export const DEFAULT_CLIENT_CALLS_PER_MINUTE = 600;
