import { Manifest, ManifestClient, ManifestConcurrency } from './manifest';
import schema from '../../schema/manifest.schema.json' with { type: 'json' };

/** How the gateway listens, with the defaults of the schema. */
export interface HttpSettings extends Required<Manifest['http']> {
  /** Clients that share connections and sessions. */
  readonly clients: number;
}

export function httpSettings({ http, clients }: Pick<Manifest, 'http' | 'clients'>): HttpSettings {
  return { ...defaultsOf(schema.properties.http.properties), ...http, clients: clients.length } as HttpSettings;
}

/** How many calls run and wait, with the defaults of the schema. */
export function concurrencyOf({ concurrency }: Pick<Manifest, 'concurrency'>): ManifestConcurrency {
  return { ...defaultsOf(schema.properties.concurrency.properties), ...concurrency } as ManifestConcurrency;
}

/** The default limits of a client. */
export const CLIENT_DEFAULTS = defaultsOf(schema.properties.clients.items.properties) as Required<
  Pick<ManifestClient, 'callsPerMinute' | 'requestsPerMinute'>
>;

function defaultsOf(properties: Readonly<Record<string, object>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => ('default' in value ? [[name, value.default]] : [])),
  );
}
