import { readNetworks } from './networks';
import { Files, readService } from './service';
import { TargetFacts, VolumeFacts } from '../../../plan/target-facts';
import { mapOf, misfitsOf, settingsOf, Tree } from '../../tree';

/**
 * Reads a compose file: one of this version, of an earlier one, with overrides, or edited by hand. Never throws for
 * what the document holds, apart from a RangeError when it is nested too deeply.
 *
 * @param document the parsed file.
 * @param files contents of the files around it, by path relative to the output folder.
 */
export function readCompose(document: unknown, files: Files): TargetFacts {
  const file = mapOf(document);
  const extensions = Object.keys(file).filter((key) => key.startsWith('x-'));
  return {
    services: Object.entries(mapOf(file.services)).map(([name, service]) => (
      readService(name, service, files, mapOf(file.secrets)))),
    networks: readNetworks(file.networks),
    volumes: readVolumes(mapOf(file.volumes)),
    settings: [
      ...settingsOf(file, { read: ['services', 'networks', 'volumes', 'secrets'], harmless: ['name', ...extensions] }),
      ...misfitsOf(file, ['services', 'networks', 'volumes', 'secrets']),
      ...Object.entries(mapOf(file.secrets)).flatMap(([name, options]) => (
        settingsOf(mapOf(options), { read: ['file', 'environment'], harmless: ['name'] }, `secrets.${name}.`))),
      ...misfitsOf(mapOf(file.services), Object.keys(mapOf(file.services)), 'services.'),
    ],
  };
}

/** No option of a volume is harmless, since it can make the volume a folder of the host. */
function readVolumes(volumes: Tree): VolumeFacts[] {
  return Object.entries(volumes).map(([name, options]) => ({
    name,
    settings: [
      ...settingsOf(mapOf(options), { read: [], harmless: ['labels', 'name'] }),
      ...misfitsOf(volumes, [name], 'volumes.'),
    ],
  }));
}
