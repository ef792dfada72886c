import { Manifest, ManifestConcurrency } from './manifest';
import schema from '../../schema/manifest.schema.json' with { type: 'json' };

/** How the gateway listens, with the defaults of the schema. */
export type HttpSettings = Required<Manifest['http']>;

export function httpSettings({ http }: Pick<Manifest, 'http'>): HttpSettings {
  return { ...defaultsOf(schema.properties.http.properties), ...http } as HttpSettings;
}

/** How many calls run and wait, with the defaults of the schema. */
export function concurrencyOf({ concurrency }: Pick<Manifest, 'concurrency'>): ManifestConcurrency {
  return { ...defaultsOf(schema.properties.concurrency.properties), ...concurrency } as ManifestConcurrency;
}

export const DEFAULT_CLIENT_CALLS_PER_MINUTE = schema.properties.clients.items.properties.callsPerMinute.default;

function defaultsOf(properties: Readonly<Record<string, object>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => ('default' in value ? [[name, value.default]] : [])));
}
