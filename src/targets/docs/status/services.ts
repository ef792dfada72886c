import { HealthCheckPlan, ImagePlan, Plan, ResourcesPlan, ServicePlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Block, bullets, section, table } from '../page';
import { names, NONE, sentence, size, where } from '../words';

/** What runs: services, servers of the host, optional parts. */
export function serviceSection(plan: Plan): Block {
  return section(md`Services`, [
    table([md`Service`, md`What`, md`Image`, md`Optional part`, md`Where`, md`Runs as`, md`Limits`, md`Health`], plan.services.map(serviceRow)),
    rootReasons(plan.services),
    plan.hostServices.length === 0 ? undefined : md`On the host, outside every container:`,
    bullets(plan.hostServices.map(({ name, description, hostname, port, clusterService, relay }) => {
      const standIn = clusterService === undefined ? md`nothing stands in for it in a cluster` : md`in a cluster ${codeSpan(clusterService)} stands in for it`;
      const way = relay === undefined ? md`` : md`, through ${codeSpan(relay)} only`;
      return md`${codeSpan(name)}: ${prose(description)}, at ${codeSpan(`${hostname}:${port}`)}${way}; ${standIn}.`;
    })),
    plan.optionalParts.length === 0 ? undefined : md`Optional parts:`,
    bullets(plan.optionalParts.map(({ name, description, services }) => sentence(md`${codeSpan(name)} (${names(services, md`no service`)}): ${prose(description)}`))),
  ]);
}

function serviceRow(service: ServicePlan): Markdown[] {
  const { name, description, image, optionalPart, places, resources, healthCheck } = service;
  return [
    codeSpan(name),
    prose(description),
    imageText(image),
    optionalPart === undefined ? md`always there` : codeSpan(optionalPart),
    where(places),
    userText(service),
    limits(resources, service),
    health(healthCheck, service.lifecycle),
  ];
}

function imageText({ repository, tag, digest, build }: ImagePlan): Markdown {
  const name = codeSpan(tag === undefined ? repository : `${repository}:${tag}`);
  if (build !== undefined) {
    const file = build.dockerfile === 'Dockerfile' ? md`` : md` with ${codeSpan(build.dockerfile)}`;
    const base = build.baseComponents.length === 0 ? md`` : md` on ${names(build.baseComponents)}`;
    return md`${name}, built from ${codeSpan(build.context)}${file}${base}`;
  }
  return digest === undefined ? md`${name}, without digest` : md`${name}, by digest`;
}

/** Why services run as root; several may have the same reason. */
function rootReasons(services: readonly ServicePlan[]): Block {
  const reasons = new Map<string, string[]>();
  for (const { name, image } of services.filter((service) => service.user.uid === 0)) {
    const reason = image.facts.rootReason ?? 'no reason was given';
    reasons.set(reason, [...reasons.get(reason) ?? [], name]);
  }
  return bullets([...reasons].map(([reason, list]) => sentence(md`Root in ${names(list)}: ${prose(reason)}`)));
}

function userText({ user, readOnlyRoot, capabilities }: ServicePlan): Markdown {
  return joined([
    user.uid === 0 ? md`**root**` : md`${user.uid}:${user.gid}`,
    readOnlyRoot ? md`read-only root` : md`writable root`,
    ...capabilities.length === 0 ? [] : [md`keeps ${names(capabilities)}`],
  ]);
}

function limits(resources: ResourcesPlan, { accelerator }: ServicePlan): Markdown {
  const { cpuMillis, memoryMegabytes, pids, ephemeralStorageMegabytes } = resources;
  const pieces = [
    ...cpuMillis === undefined ? [] : [cpuMillis === 1000 ? md`1 CPU` : md`${cpuMillis / 1000} CPUs`],
    ...memoryMegabytes === undefined ? [] : [md`${size(memoryMegabytes)} memory`],
    ...pids === undefined ? [] : [md`${pids} processes`],
    ...ephemeralStorageMegabytes === undefined ? [] : [md`${size(ephemeralStorageMegabytes)} scratch`],
    ...accelerator === undefined ? [] : [accelerator.count === 'all' ? md`all ${text(accelerator.vendor)} GPUs` : md`${accelerator.count} ${text(accelerator.vendor)} GPU`],
  ];
  return pieces.length === 0 ? NONE : joined(pieces);
}

function health(check: HealthCheckPlan | undefined, lifecycle: ServicePlan['lifecycle']): Markdown {
  if (check === undefined) {
    return lifecycle === 'one-shot' ? md`ends by itself` : NONE;
  }
  return md`${probe(check)} every ${check.intervalSeconds} s`;
}

function probe({ probe: what }: HealthCheckPlan): Markdown {
  switch (what.kind) {
    case 'http': return codeSpan(`GET :${what.port}${what.path}`);
    case 'tcp': return md`TCP connection to ${what.port}`;
    case 'command': return codeSpan(what.command.join(' '));
  }
}
