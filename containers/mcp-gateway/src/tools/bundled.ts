import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a bundle that is started beside the gateway: next to it, above its chunks, or in `lib/` for the sources.
 * @throws Error when the package was not built whole
 */
export function bundled(name: string): string {
  const places = [`./${name}`, `../${name}`, `../../lib/${name}`];
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(`${name} is missing beside the gateway; build the package with npm run compile`);
  }
  return found;
}
