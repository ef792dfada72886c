import { ComposeMap, mapOrNothing, orNothing } from './compose-value';
import { withConfigDigest } from './config-files';
import { RenderContext } from './context';
import { environmentKeys } from './environment';
import { inServiceOrder } from './key-order';
import { mountKeys } from './mounts';
import { networkKeys } from './networking';
import { withOverrides } from './overrides';
import { fromComposeFile } from './paths';
import { resourceKeys } from './resources';
import { DependencyPlan, HealthCheckPlan, ImagePlan, Plan, ServicePlan } from '../../plan/plan';
import { allDependencies } from '../../plan/relay';

/** One entry below `services:`. */
export function serviceEntry(context: RenderContext, service: ServicePlan): ComposeMap {
  const rendered: ComposeMap = {
    ...imageKeys(context.plan, service.image),
    ...startKeys(context, service),
    ...mountKeys(context, service),
    ...environmentKeys(context, service),
    ...networkKeys(context, service),
    ...resourceKeys(service, context.report),
    ...securityKeys(service),
    ...runKeys(service),
  };
  return inServiceOrder(withConfigDigest(context, service, withOverrides(service, rendered, context.report)));
}

/**
 * A built image keeps its name, so that people and other tools find it. `never`: by default Compose first asks a
 * registry for that name, and would run whatever somebody published there.
 */
function imageKeys(plan: Plan, { repository, tag, digest, build }: ImagePlan): ComposeMap {
  return {
    image: [repository, tag && `:${tag}`, digest && `@${digest}`].filter(Boolean).join(''),
    build: build && {
      context: fromComposeFile(plan, build.context),
      dockerfile: build.dockerfile,
      args: mapOrNothing(build.args.map((arg) => [arg.name, arg.value])),
    },
    pull_policy: build && 'never',
  };
}

const CONDITIONS: { readonly [condition in DependencyPlan['condition']]: string } = {
  started: 'service_started',
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
};

function startKeys({ plan, services, report }: RenderContext, service: ServicePlan): ComposeMap {
  const here = allDependencies(plan.hostServices, service).filter((dependency) => services.has(dependency.service));
  const elsewhere = service.dependencies
    .filter((dependency) => !services.has(dependency.service))
    .map((dependency) => dependency.service);
  if (elsewhere.length > 0) {
    report.tell({
      path: service.path,
      fact: 'dependencies',
      verdict: 'left-out',
      reason: `It waits for ${elsewhere.join(', ')}, which a workstation does not run.`,
      remedy: 'Nothing, when the service does without on a workstation; else give the other one that place as well.',
    });
  }
  return {
    depends_on: mapOrNothing(here.map(({ service: name, condition }) => [name, { condition: CONDITIONS[condition] }])),
    profiles: service.profile === undefined ? undefined : [service.profile],
  };
}

function securityKeys(service: ServicePlan): ComposeMap {
  return {
    user: `${service.user.uid}:${service.user.gid}`,
    read_only: service.readOnlyRoot || undefined,
    cap_drop: ['ALL'],
    cap_add: orNothing(service.capabilities),
    security_opt: ['no-new-privileges:true'],
  };
}

const RESTARTS: { readonly [restart in ServicePlan['restart']]: string } = {
  'never': 'no',
  'on-failure': 'on-failure:5',
  'always': 'unless-stopped',
};

function runKeys(service: ServicePlan): ComposeMap {
  return {
    entrypoint: service.entrypoint,
    command: service.command,
    working_dir: service.workingDirectory,
    init: service.init || undefined,
    restart: RESTARTS[service.restart],
    healthcheck: service.healthCheck && healthKeys(service.healthCheck),
    stop_grace_period: `${service.stopGraceSeconds}s`,
    stdin_open: service.terminal || undefined,
    tty: service.terminal || undefined,
    logging: {
      driver: 'json-file',
      options: { 'max-size': `${service.logRotation.maxMegabytes}m`, 'max-file': String(service.logRotation.maxFiles) },
    },
  };
}

function healthKeys({
  probe,
  intervalSeconds,
  timeoutSeconds,
  retries,
  startPeriodSeconds,
}: HealthCheckPlan): ComposeMap {
  return {
    test: ['CMD', ...probe.command],
    interval: `${intervalSeconds}s`,
    timeout: `${timeoutSeconds}s`,
    retries,
    start_period: `${startPeriodSeconds}s`,
  };
}
