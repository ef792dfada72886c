import { ofEnvFiles, ofFiles, ofHostService, ofImage, ofMount, ofService, ofVariable } from './service-subject';
import { named, subject, Subject, together, wholeToolbox } from './subject';
import { Steps, ValueAt } from './yaml-file';
import { Plan, ServicePlan } from '../plan/plan';
import { Facet } from '../rules/facet';

/** What keys of a Compose service say, where that is about the service alone. */
const FACETS: Readonly<Record<string, Facet>> = {
  cap_add: 'security',
  cap_drop: 'security',
  command: 'command',
  cpus: 'resources',
  depends_on: 'dependency',
  deploy: 'resources',
  entrypoint: 'command',
  expose: 'port',
  healthcheck: 'health',
  init: 'lifecycle',
  logging: 'lifecycle',
  mem_limit: 'resources',
  mem_reservation: 'resources',
  memswap_limit: 'resources',
  networks: 'network',
  pids_limit: 'resources',
  ports: 'port',
  privileged: 'security',
  pull_policy: 'image',
  read_only: 'security',
  restart: 'lifecycle',
  security_opt: 'security',
  stdin_open: 'lifecycle',
  stop_grace_period: 'lifecycle',
  tmpfs: 'mount',
  tty: 'lifecycle',
  user: 'security',
  working_dir: 'command',
};

/** What a place in the Compose file is about; undefined when the plan knows nothing of the kind. */
export function composeSubject(plan: Plan, [section, name, ...rest]: Steps, valueAt: ValueAt): Subject | undefined {
  if (name === undefined || (section !== 'services' && section !== 'networks' && section !== 'volumes')) {
    return [undefined, 'name', 'services', 'networks', 'volumes'].includes(section as string)
      ? wholeToolbox(plan, 'identity')
      : undefined;
  }
  if (section === 'networks') { return known(named(plan.networks, name, 'network')); }
  if (section === 'volumes') { return known(named(plan.volumes, name, 'volume')); }
  const service = plan.services.find((one) => one.name === name);
  return service && withOverride(service, rest, serviceSubject(plan, service, rest, valueAt));
}

function known(found: Subject): Subject | undefined {
  return found.constructs.length === 0 ? undefined : found;
}

function serviceSubject(plan: Plan, service: ServicePlan, [key, item]: Steps, valueAt: ValueAt): Subject {
  const at = ['services', service.name, key, item];
  const value = item === undefined ? undefined : valueAt(at);
  switch (key) {
    case undefined:
      return ofService(service, 'identity', 'text');
    case 'image':
    case 'build':
      return ofImage(service);
    case 'environment':
      return ofVariable(plan, service, item);
    case 'env_file':
      return ofEnvFiles(plan, service);
    case 'volumes':
      return ofMount(plan, service, valueAt([...at, 'target']));
    case 'tmpfs':
      return ofMount(plan, service, String(value).split(':', 1)[0]);
    case 'labels':
      return together(...ofFiles(plan, service), ofService(service));
    case 'networks':
      return together(ofService(service, 'network'), named(plan.networks, typeof item === 'number' ? value : item));
    case 'depends_on':
      return together(ofService(service, 'dependency'), named(plan.services, item));
    case 'profiles':
      return together(ofService(service, 'profile'), named(plan.profiles, service.profile));
    case 'extra_hosts':
      return together(ofService(service, 'network'), ...service.hostServices.map((name) => ofHostService(plan, name)));
    default:
      return ofService(service, ...facetsOf(String(key)));
  }
}

function facetsOf(key: string): Facet[] {
  return Object.hasOwn(FACETS, key) ? [FACETS[key]] : [];
}

/** What an override set, it alone is to be asked for. */
function withOverride({ path, overrides }: ServicePlan, [key]: Steps, found: Subject): Subject {
  const here = overrides.compose
    .filter((one) => one.key === key)
    .map(({ key: at, reason }) => ({ construct: path, at, reason }));
  return here.length === 0 ? found : together(found, subject([], ['override'], { overrides: here }));
}
