import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { listed, sentence } from './report';
import { podUser, VolumeGroup } from './volume-groups';
import { orNothing } from '../../plan/collections';
import { gainsPrivileges } from '../../plan/isolation';
import { Plan, ServicePlan, startUser, userText } from '../../plan/plan';
import { Step } from '../../util/yaml-text';
import { from, fromEach, merge, Origin, origin, together } from '../origin';
import { ofService, ofToolbox } from '../service-origins';

/** The one capability that Pod Security "restricted" lets a container keep. */
const RESTRICTED = ['NET_BIND_SERVICE'];

/** Capabilities that Pod Security "baseline" allows. */
const BASELINE = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export function podSecurityContext(context: RenderContext, service: ServicePlan): k8s.PodSecurityContext {
  const group = context.volumeGroups.get(service.name);
  return merge<k8s.PodSecurityContext>(
    { ...userKeys(service), seccompProfile: { type: 'RuntimeDefault' } },
    group === undefined ? {} : from(() => ofVolumeGroup(service, group), {
      fsGroup: group.gid,
      fsGroupChangePolicy: 'OnRootMismatch',
    }),
  );
}

function ofVolumeGroup(service: ServicePlan, { owner }: VolumeGroup): Origin {
  return together(ofService(service, 'security', 'mount'), ofService(owner, 'security', 'mount'));
}

function userKeys(service: ServicePlan): k8s.PodSecurityContext {
  const { uid, gid } = podUser(service);
  return uid === undefined ? {} : {
    runAsNonRoot: uid !== 0,
    runAsUser: uid,
    runAsGroup: gid,
  };
}

function writesVolumes({ mounts }: ServicePlan): boolean {
  return mounts.some((mount) => mount.kind === 'volume' && !mount.readOnly);
}

export function containerSecurityContext(service: ServicePlan): k8s.SecurityContext {
  const kept = service.capabilities.filter((name) => BASELINE.includes(name));
  return {
    allowPrivilegeEscalation: gainsPrivileges(service),
    capabilities: kept.length + service.capDrop.length === 0
      ? undefined
      : { drop: orNothing([...service.capDrop]), add: orNothing(kept) },
    privileged: false,
    readOnlyRootFilesystem: service.readOnlyRoot,
  };
}

/** Security options of an engine that name a profile. */
function profilesOf({ securityOpt }: ServicePlan): string[] {
  return securityOpt.filter((option) => !/^no-new-privileges\b/.test(option));
}

/** Root has a reason of its own; a capability that no Pod Security level but "privileged" allows is not given. */
export function reportSecurity(context: RenderContext): void {
  const { services, report } = context;
  for (const service of services) {
    const { path } = service;
    const refused = service.capabilities.filter((name) => !BASELINE.includes(name));
    if (refused.length > 0) {
      report.refused(
        path,
        'capabilities',
        `Pod Security "baseline" lets no container keep ${listed(refused)}.`,
        'Do without, or run the service outside the cluster.',
      );
    }
    const profiles = profilesOf(service);
    if (profiles.length > 0) {
      report.leftOut(
        path,
        'security options',
        `The pod has the default profiles of its node, and not ${listed(profiles)}.`,
        'Add a patch with a seccompProfile, appArmorProfile or seLinuxOptions that the nodes have.',
      );
    }
    reportUser(context, service);
    if (!isRestricted(service)) {
      report.adapted(
        path,
        'pod security',
        `${baselineReason(service)}, so the namespace enforces "baseline" and only warns of what "restricted" refuses.`,
        baselineFix(service),
      );
    }
  }
}

function baselineReason(service: ServicePlan): string {
  const user = startUser(service);
  if (user?.uid === 0) {
    const { rootReason } = service.image.facts;
    const reason = rootReason === undefined ? '' : ` (${sentence(rootReason).slice(0, -1)})`;
    return service.user === undefined ? 'Its image starts as root' : `It runs as root${reason}`;
  }
  if (user?.uid === undefined) {
    return user?.name === undefined
      ? 'Its user is unknown: the image decides, which may mean root'
      : `Its image sets the user by name (${user.name}), which a cluster cannot check`;
  }
  return `It ${listed(rightsOf(service))}`;
}

function baselineFix(service: ServicePlan): string {
  const user = startUser(service);
  if (user?.uid === undefined) {
    return 'Set the user of the service or of its image.';
  }
  if (user.uid === 0) {
    return 'Use an image that runs as another user.';
  }
  return service.capabilities.length > 0 ? 'Do without the capabilities.' : 'Leave out capDrop and securityOpt.';
}

/** Reports a user that the pod states and Compose leaves to the image, and volumes without a group. */
function reportUser({ report, volumeGroups }: RenderContext, service: ServicePlan): void {
  const { uid, gid } = podUser(service);
  if (service.user === undefined && uid !== undefined) {
    report.adapted(
      service.path,
      'user',
      `The pod states the user of its image, ${userText({ uid, gid })}: "restricted" asks for it.`,
      'Set the user of the service if the image has another one.',
    );
  }
  if (startUser(service)?.uid !== 0 && writesVolumes(service) && gid === undefined && !volumeGroups.has(service.name)) {
    report.adapted(
      service.path,
      'volume owner',
      'The pod states no group, so its volumes get none: a new one belongs to root.',
      'Set the user of the service, or of its image.',
    );
  }
}

function rightsOf(service: ServicePlan): string[] {
  const { capabilities, capDrop } = service;
  return [
    ...capabilities.length === 0 ? [] : [`keeps ${listed(capabilities)}`],
    ...capDrop.includes('ALL') ? [] : ['keeps the default capabilities'],
    ...gainsPrivileges(service) ? ['can gain privileges'] : [],
  ];
}

/** The strictest Pod Security level that all services hold. */
export function podSecurityLevel(services: readonly ServicePlan[]): 'restricted' | 'baseline' {
  return services.every(isRestricted) ? 'restricted' : 'baseline';
}

function isRestricted(service: ServicePlan): boolean {
  const { uid = 0 } = podUser(service);
  return (
    uid !== 0 &&
    service.capDrop.includes('ALL') &&
    !gainsPrivileges(service) &&
    service.capabilities.every((name) => RESTRICTED.includes(name) || !BASELINE.includes(name))
  );
}

export function namespaceProps(
  plan: Plan,
  services: readonly ServicePlan[],
  metadata: k8s.ObjectMeta,
): k8s.KubeNamespaceProps {
  const labels = {
    ...metadata.labels,
    [ENFORCE]: podSecurityLevel(services),
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  const ofLabel = (label: Step) => (label === ENFORCE ? levelOrigin(plan, services) : undefined);
  return from(() => ofToolbox(plan, 'identity', 'security'), {
    metadata: { ...metadata, name: plan.name, labels: fromEach(ofLabel, labels) },
  });
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The level comes from the services that lower it, or from all. */
function levelOrigin(plan: Plan, services: readonly ServicePlan[]): Origin {
  const lowering = services.filter((service) => !isRestricted(service));
  return together(
    ofToolbox(plan, 'identity', 'security'),
    origin((lowering.length > 0 ? lowering : services).map(({ path }) => path), ['security']),
  );
}
