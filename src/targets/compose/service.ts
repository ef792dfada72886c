import { ComposeMap, mapOrNothing } from './compose-value';
import { withConfigDigest } from './config-files';
import { RenderContext } from './context';
import { environmentKeys } from './environment';
import { healthCheck } from './health-check';
import { inServiceOrder } from './key-order';
import { mountKeys } from './mounts';
import { networkKeys } from './networking';
import { fromComposeFile } from './paths';
import { resourceKeys } from './resources';
import { secretKeys } from './secrets';
import { orNothing } from '../../plan/collections';
import { allDependencies } from '../../plan/dependencies';
import { imageReference } from '../../plan/image-reference';
import { DependencyPlan, Plan, ServicePlan } from '../../plan/plan';
import { Step } from '../../util/yaml-text';
import { statedSettings } from '../container-settings';
import { from, fromEach, merge } from '../origin';
import { ofImage, ofNamed, ofReference, ofService } from '../service-origins';

/** One entry below `services:`. */
export function serviceEntry(context: RenderContext, service: ServicePlan): ComposeMap {
  return merge<ComposeMap>(
    imageKeys(context.plan, service),
    startKeys(context, service),
    mountKeys(context, service),
    secretKeys(context, service),
    environmentKeys(context, service),
    networkKeys(context, service),
    resourceKeys(service, context.report),
    securityKeys(service),
    commandKeys(service),
    lifecycleKeys(service),
    healthKeys(service),
    containerKeys(service, context.report),
  );
}

/** Completes an entry after overrides: none may leave a container with an old configuration file. */
export function completeEntry(context: RenderContext, name: string, entry: ComposeMap): ComposeMap {
  const service = context.services.get(name);
  return service === undefined
    ? inServiceOrder(entry)
    : from(() => ofService(service, 'identity', 'text'), inServiceOrder(withConfigDigest(context, service, entry)));
}

/**
 * A built image keeps its name, so that people and other tools find it. `never`: by default Compose first asks a
 * registry for that name, and would run whatever anyone published there.
 */
function imageKeys(plan: Plan, service: ServicePlan): ComposeMap {
  const { image, image: { build } } = service;
  return from(() => ofImage(service), {
    image: imageReference(image),
    build: build && {
      context: fromComposeFile(plan, build.context),
      dockerfile: build.dockerfile,
      args: mapOrNothing(build.args.map((arg) => [arg.name, arg.value])),
    },
    pull_policy: build && 'never',
  });
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
    report.add({
      path: service.path,
      fact: 'dependencies',
      verdict: 'left-out',
      reason: `It waits for ${elsewhere.join(', ')}, which a workstation does not run.`,
      remedy: 'Nothing, when the service does without on a workstation; else give the other one that place as well.',
    });
  }
  const conditions = here.map(({ service: name, condition }) => [name, { condition: CONDITIONS[condition] }] as const);
  const ofDependency = (name: Step) => ofReference(service, 'dependency', ofNamed(plan.services, name));
  return merge<ComposeMap>(
    from(() => ofService(service, 'dependency'), { depends_on: fromEach(ofDependency, mapOrNothing(conditions)) }),
    from(() => ofReference(service, 'profile', ofNamed(plan.profiles, service.profile)), {
      profiles: service.profile === undefined ? undefined : [service.profile],
    }),
  );
}

function securityKeys(service: ServicePlan): ComposeMap {
  return from(() => ofService(service, 'security'), {
    user: service.user && `${service.user.uid}:${service.user.gid}`,
    read_only: service.readOnlyRoot || undefined,
    cap_drop: orNothing(service.capDrop),
    cap_add: orNothing(service.capabilities),
    security_opt: orNothing(service.securityOpt),
  });
}

function restartKey({ restart, restartAttempts }: ServicePlan): string {
  switch (restart) {
    case 'never': return 'no';
    case 'on-failure': return restartAttempts === undefined ? restart : `${restart}:${restartAttempts}`;
    default: return restart;
  }
}

function commandKeys(service: ServicePlan): ComposeMap {
  return from(() => ofService(service, 'command'), {
    entrypoint: service.entrypoint,
    command: service.command,
    working_dir: service.workingDirectory,
  });
}

function lifecycleKeys(service: ServicePlan): ComposeMap {
  return from(() => ofService(service, 'lifecycle'), {
    init: service.init || undefined,
    restart: restartKey(service),
    stop_grace_period: `${service.stopGraceSeconds}s`,
    stdin_open: service.terminal || undefined,
    tty: service.terminal || undefined,
    logging: service.logRotation && {
      driver: 'json-file',
      options: { 'max-size': `${service.logRotation.maxMegabytes}m`, 'max-file': String(service.logRotation.maxFiles) },
    },
  });
}

function healthKeys(service: ServicePlan): ComposeMap {
  return from(() => ofService(service, 'health'), { healthcheck: healthCheck(service) });
}

/** An engine passes AMD GPUs on as devices. */
const AMD_DEVICES = ['/dev/kfd', '/dev/dri'];

function containerKeys(
  { path, accelerator, container: stated = {} }: ServicePlan,
  report: RenderContext['report'],
): ComposeMap {
  const container = accelerator?.vendor === 'amd'
    ? { ...stated, devices: [...AMD_DEVICES, ...stated.devices ?? []] }
    : stated;
  for (const { setting: { fact, key, since }, value } of statedSettings(container)) {
    const version = since?.(value);
    if (version !== undefined) {
      report.add({
        path,
        fact,
        verdict: 'adapted',
        reason: `Docker Compose before ${version} refuses the file because of "${key}".`,
        remedy: `Use Docker Compose ${version} or later.`,
      });
    }
  }
  return merge<ComposeMap>(
    ...statedSettings(container).map(({ setting: { key, facet, form }, value }) => (
      from(() => ofService({ path }, facet), { [key]: form.write(value) }))),
  );
}
