import { groupBy } from '../../../plan/collections';
import { imageName } from '../../../plan/image-reference';
import {
  HealthCheckPlan,
  HostServicePlan,
  ImagePlan,
  Plan,
  ProfilePlan,
  ServicePlan,
  userText as plainUser,
} from '../../../plan/plan';
import { Step } from '../../../util/yaml-text';
import { from, fromEach, Origin, origin, together } from '../../origin';
import { ofHostService, ofImage, ofNamed, ofService } from '../../service-origins';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, bullets, groupedTable, section } from '../page';
import { names, sentence, size, where } from '../words';

/** Services, servers of the host, and profiles. */
export function serviceSection(plan: Plan, messages: Messages): Block {
  const { services: words } = messages;
  const rows = plan.services.map((service) => ({
    group: partGroup(service, messages),
    cells: from(() => ofRow(plan, service), serviceRow(service, messages)),
  }));
  const noted = plan.services.flatMap((service) => (service.notes ?? []).map((note) => ({ service, note })));
  return section(words.heading, [
    groupedTable(messages.page, words.columns, rows),
    rootReasons(plan.services, messages),
    bullets(
      messages.page,
      fromEach(
        (index) => ofService(noted[Number(index)].service, 'text'),
        noted.map(({ service, note }) => sentence(md`${codeSpan(service.name)}: ${prose(note)}`)),
      ),
    ),
    plan.hostServices.length === 0 ? undefined : words.hostIntro,
    bullets(
      messages.page,
      fromEach(
        (index) => ofHostService(plan, plan.hostServices[Number(index)].name),
        plan.hostServices.map((host) => hostService(host, messages)),
      ),
    ),
    hostsListen(plan, messages),
    plan.profiles.length === 0 ? undefined : words.partsIntro,
    bullets(
      messages.page,
      fromEach(
        (index) => ofProfile(plan, plan.profiles[Number(index)]),
        plan.profiles.map(({ name, description, services }) =>
          sentence(md`${codeSpan(name)} (${names(messages, services, words.noService)}): ${prose(description)}`),
        ),
      ),
    ),
  ]);
}

function ofRow(plan: Plan, service: ServicePlan): Origin {
  return together(
    ofImage(service),
    ofService(service, 'security', 'resources', 'health', 'profile'),
    ofNamed(plan.profiles, service.profile),
  );
}

function ofProfile(plan: Plan, { path, services }: ProfilePlan): Origin {
  return together(origin([path], ['profile']), ...services.map((name) => ofNamed(plan.services, name)));
}

function hostService(
  { name, description, hostname, port, clusterService, relay }: HostServicePlan,
  { services: words }: Messages,
): Markdown {
  return words.hostService(
    codeSpan(name),
    prose(description),
    codeSpan(`${hostname}:${port}`),
    relay === undefined ? undefined : codeSpan(relay),
    clusterService === undefined ? undefined : codeSpan(clusterService),
  );
}

const USUAL_BRIDGE = '172.17.0.1';

/** An engine on Linux has no way to the host's loopback; engines in a virtual machine have one. */
function hostsListen({ hostServices }: Plan, messages: Messages): Block {
  const settings = hostServices.flatMap(({ port, addressSetting }) => (
    addressSetting === undefined ? [] : [`${addressSetting.variable}=${USUAL_BRIDGE}:${port}`]));
  return hostServices.length === 0 ? undefined : messages.services.hostsListen(
    codeSpan(USUAL_BRIDGE),
    settings.length === 0 ? undefined : names(messages, settings),
    codeSpan('127.0.0.1'),
    codeSpan('0.0.0.0'),
  );
}

function partGroup({ profile }: ServicePlan, { services: words }: Messages): string {
  return profile === undefined ? words.alwaysThereGroup : words.partGroup(profile);
}

function serviceRow(service: ServicePlan, messages: Messages): Markdown[] {
  const { name, description, image, profile, places } = service;
  return [
    codeSpan(name),
    prose(description),
    imageText(image, messages),
    profile === undefined ? messages.services.alwaysThere : codeSpan(profile),
    where(messages, places),
    userText(service, messages),
    limits(service, messages),
    health(service, messages),
  ];
}

function imageText(image: ImagePlan, messages: Messages): Markdown {
  const { digest, build } = image;
  const { services: words } = messages;
  const name = codeSpan(imageName(image));
  if (build === undefined) {
    return digest === undefined ? words.withoutDigest(name) : words.byDigest(name);
  }
  const built = words.builtFrom(name, codeSpan(build.context));
  const withFile = build.dockerfile === 'Dockerfile' ? built : words.withFile(built, codeSpan(build.dockerfile));
  return build.baseComponents.length === 0 ? withFile : words.onBase(withFile, names(messages, build.baseComponents));
}

/** Why services run as root; several may have the same reason. */
function rootReasons(services: readonly ServicePlan[], messages: Messages): Block {
  const reasons = groupBy(
    services.filter(({ user }) => user?.uid === 0),
    ({ image }) => image.facts.rootReason ?? messages.words.noReason,
  );
  const lists = [...reasons.values()];
  const items = [...reasons].map(([reason, list]) => (
    sentence(messages.services.rootReason(names(messages, list.map(({ name }) => name)), prose(reason)))));
  const ofItem = (index: Step) => origin(lists[Number(index)].map(({ path }) => path), ['security']);
  return bullets(messages.page, fromEach(ofItem, items));
}

function imageUser({ facts: { user } }: ImagePlan, { services: words }: Messages): Markdown {
  if (user === undefined) {
    return words.unknownUser;
  }
  return words.imageUser(user.uid === 0 ? md`**root**` : text(plainUser(user)));
}

function userText({ user, image, readOnlyRoot, capabilities }: ServicePlan, messages: Messages): Markdown {
  const { services: words } = messages;
  return joined([
    user === undefined ? imageUser(image, messages) : user.uid === 0 ? md`**root**` : md`${user.uid}:${user.gid}`,
    readOnlyRoot ? words.readOnlyRoot : words.writableRoot,
    ...capabilities.length === 0 ? [] : [words.keeps(names(messages, capabilities))],
  ]);
}

function limits({ resources, accelerator }: ServicePlan, messages: Messages): Markdown {
  const { services: words } = messages;
  const { cpuMillis, memoryMegabytes, pids, ephemeralStorageMegabytes } = resources;
  const pieces = [
    ...cpuMillis === undefined ? [] : [words.processors(cpuMillis / 1000)],
    ...memoryMegabytes === undefined ? [] : [words.memory(size(messages, memoryMegabytes))],
    ...pids === undefined ? [] : [words.processes(pids)],
    ...ephemeralStorageMegabytes === undefined ? [] : [words.scratch(size(messages, ephemeralStorageMegabytes))],
    ...accelerator === undefined ? [] : [words.accelerators(accelerator.count, text(accelerator.vendor))],
  ];
  return pieces.length === 0 ? messages.words.none : joined(pieces);
}

function health({ healthCheck, lifecycle }: ServicePlan, messages: Messages): Markdown {
  if (healthCheck === undefined) {
    return lifecycle === 'one-shot' ? messages.services.endsByItself : messages.words.none;
  }
  return healthCheck.probe.kind === 'image'
    ? messages.services.checkOfImage
    : messages.services.every(probe(healthCheck, messages), healthCheck.intervalSeconds);
}

function probe({ probe: what }: HealthCheckPlan, { services: words }: Messages): Markdown {
  switch (what.kind) {
    case 'http': return codeSpan(`GET :${what.port}${what.path}`);
    case 'tcp': return words.connectionTo(what.port);
    case 'command': return codeSpan(what.shell ?? what.command.join(' '));
    case 'image': return words.checkOfImage;
  }
}
