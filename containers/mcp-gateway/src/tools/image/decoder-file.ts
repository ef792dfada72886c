import { existsSync } from 'fs';
import { fileURLToPath } from 'url';

const NAME = 'image-worker.mjs';

/** Beside the bundle or above its chunks, and from the sources in a built `lib/`. */
const PLACES = [`./${NAME}`, `../${NAME}`, `../../../lib/${NAME}`];

/**
 * The bundled decoder.
 * @throws Error when the package was not built whole
 */
export function decoderFile(): string {
  const found = PLACES.map(place => fileURLToPath(new URL(place, import.meta.url))).find(path => existsSync(path));
  if (found === undefined) {
    throw new Error(`${NAME} is missing beside the gateway: image tools cannot be offered; build the package with npm run compile`);
  }
  return found;
}
