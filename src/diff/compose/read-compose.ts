import { readNetworks } from './networks';
import { readService } from './service';
import { Member } from '../members';
import { parseYaml, Unreadable } from '../parse';
import { sayReach } from '../reaching';
import { Reading } from '../reading';
import { saySettings } from '../settings';
import { isMap, mapOf, Tree } from '../tree';

const TOP_LEVEL = { read: ['services', 'networks', 'volumes'], harmless: ['name'] };

/**
 * Facts of a compose file and the files it mounts.
 *
 * @throws Unreadable
 */
export function readCompose(reading: Reading, path: string): Member[] {
  const [file, ...more] = parseYaml(reading.texts.get(path) ?? '');
  if (!isMap(file) || more.length > 0) { throw new Unreadable('it is not one map'); }
  reading.data.push(file);
  readVolumes(reading, file);
  const openings = readNetworks(reading.subjects, file.networks);
  const members = Object.entries(mapOf(file.services)).map(([name, service]) => readService(reading, name, service));
  for (const { subject, networks } of members) {
    const ways = new Set(networks.flatMap((network) => openings.get(network) ?? []));
    for (const way of ways) { sayReach(subject, way); }
  }
  const extensions = Object.keys(file).filter((key) => key.startsWith('x-'));
  saySettings(reading.subjects.get('compose file', { kind: 'file', summary: '' }), file, {
    ...TOP_LEVEL,
    harmless: [...TOP_LEVEL.harmless, ...extensions],
  });
  return members;
}

/** A volume's options can make it a folder of the host, so none of them is harmless. */
function readVolumes({ subjects }: Reading, file: Tree): void {
  for (const [name, options] of Object.entries(mapOf(file.volumes))) {
    const subject = subjects.get(`volume ${name}`, { kind: 'volume', summary: '', opens: true });
    saySettings(subject, mapOf(options), { read: [], harmless: ['labels', 'name'] });
  }
}
