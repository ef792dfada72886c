import { ComposeMap } from './compose-value';
import { compareText } from '../../plan/collections';
import { like } from '../origin';

/** The order in which dclint wants a service's keys; all others follow by name. */
const FIRST = [
  'image', 'build', 'container_name',
  'depends_on',
  'volumes', 'volumes_from', 'configs', 'secrets',
  'environment', 'env_file',
  'ports', 'networks', 'network_mode', 'extra_hosts',
  'command', 'entrypoint', 'working_dir', 'restart', 'healthcheck',
  'logging', 'labels',
  'user', 'isolation',
];

/** The order in which dclint wants the keys of the file, after extensions. */
const FILE = ['name', 'include', 'services', 'networks', 'volumes', 'secrets', 'configs', 'models'];

/** The same service, key by key in the order that people and dclint expect. */
export function inServiceOrder(service: ComposeMap): ComposeMap {
  return inOrder(service, FIRST);
}

/** The same file, key by key in the order that people and dclint expect. */
export function inFileOrder(document: ComposeMap): ComposeMap {
  const extensions = Object.keys(document).filter((key) => key.startsWith('x-')).sort(compareText);
  return inOrder(document, [...extensions, ...FILE]);
}

function inOrder(map: ComposeMap, first: readonly string[]): ComposeMap {
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  const keys = Object.keys(map).sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  return like(map, Object.fromEntries(keys.map((key) => [key, map[key]])));
}
