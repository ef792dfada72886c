import { YamlValue } from '../../util/yaml-text';

/** A map of the compose file; properties that are undefined are not written. */
export interface ComposeMap {
  readonly [key: string]: YamlValue | undefined;
}

/** Undefined instead of an empty map, which would say nothing. */
export function mapOrNothing<T extends YamlValue>(
  entries: readonly (readonly [string, T])[],
): { readonly [key: string]: T } | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Returns the map without properties that are undefined. */
export function stated(map: ComposeMap): { readonly [key: string]: YamlValue } {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

/** Whether a value is a map: no list, nothing with a class of its own. */
export function isMap(value: YamlValue | undefined): value is ComposeMap {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
