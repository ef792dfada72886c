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

/** The same service, key by key in the order that people and dclint expect. */
export function inServiceOrder(service: ComposeMap): ComposeMap {
  const keys = Object.keys(service).sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  return like(service, Object.fromEntries(keys.map((key) => [key, service[key]])));
}

function rank(key: string): number {
  const index = FIRST.indexOf(key);
  return index === -1 ? FIRST.length : index;
}
