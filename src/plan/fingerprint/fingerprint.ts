import { join } from 'node:path';
import { canonicalDigest } from './canonical-digest';
import { contentDigest } from './content-digest';
import { fingerprintOf } from '../../model/private/fingerprint';
import { componentsOf } from '../components';
import { sortedBy } from '../order';
import { Architecture, HostServicePlan, NetworkPlan, PinPlan, ServicePlan, VolumePlan } from '../plan';
import { CheckPlan, FingerprintPartPlan, FingerprintPlan } from '../status-plan';

type Definition = Pick<CheckPlan, 'command' | 'expectedOutput' | 'covers' | 'files'>;

/** What a check covers as it is now: it must be run again when any of it changes. */
export function checkFingerprint(architecture: Architecture, check: Definition, root: string): FingerprintPlan {
  const services = architecture.services.filter((one) => check.covers.includes(one.name));
  const hostServices = architecture.hostServices.filter((one) => check.covers.includes(one.name));
  const components = new Set([...services.flatMap(componentsOf), ...hostServices.flatMap((one) => one.component ?? [])]);
  const networks = new Set(services.flatMap((one) => one.attachments.map(({ network }) => network)));
  const volumes = new Set(services.flatMap((one) => one.mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount.volume] : []))));
  return fingerprint([
    part('check definition', [check.command, check.expectedOutput, check.covers, check.files]),
    ...check.files.map((file) => ({ name: `file ${file}`, digest: contentDigest(join(root, file)) ?? MISSING })),
    ...services.flatMap(serviceParts),
    ...hostServices.map(hostServicePart),
    ...architecture.pins.filter((one) => components.has(one.component)).map(pinPart),
    ...architecture.networks.filter((one) => networks.has(one.name)).map(networkPart),
    ...architecture.volumes.filter((one) => volumes.has(one.name)).map(volumePart),
  ]);
}

/**
 * Everything that the generated files are made from.
 *
 * @param generator version of this library: another one may render the same model in another way.
 */
export function architectureFingerprint(architecture: Architecture, generator: string): FingerprintPlan {
  const { name, outdir, services, hostServices, optionalParts, volumes, networks, envFiles, pins, policies, waivers, decisions } = architecture;
  return fingerprint([
    part('generator', generator),
    part('toolbox', [name, outdir]),
    ...services.flatMap(serviceParts),
    ...hostServices.map(hostServicePart),
    ...optionalParts.map((one) => part(`optional part ${one.name}`, one)),
    ...volumes.map(volumePart),
    ...networks.map(networkPart),
    ...envFiles.map((one) => part(`env file ${one.file}`, one)),
    ...pins.map(pinPart),
    ...policies.map((one) => part(`tool policy of ${one.service}`, one)),
    ...waivers.map((one) => part(`waiver ${one.path}`, one)),
    ...decisions.map((one) => part(`decision ${one.path}`, one)),
  ]);
}

/** Stands for content that is not there, or that is too large to be looked at. */
const MISSING = canonicalDigest('missing');

function fingerprint(parts: readonly FingerprintPartPlan[]): FingerprintPlan {
  const sorted = sortedBy(parts, (one) => one.name);
  return { digest: fingerprintOf(sorted), parts: sorted };
}

function part(name: string, content: unknown): FingerprintPartPlan {
  return { name, digest: canonicalDigest(content) };
}

/** Words for people are no part of what is tested; what is built is told apart from how it is run. */
function serviceParts({ description: _, ...service }: ServicePlan): FingerprintPartPlan[] {
  const { build, ...image } = service.image;
  if (build === undefined) {
    return [part(`service ${service.name}`, service)];
  }
  const { contextDigest, ...how } = build;
  return [
    part(`service ${service.name}`, { ...service, image: { ...image, build: how } }),
    { name: `build context of ${service.name}`, digest: contextDigest ?? MISSING },
  ];
}

function hostServicePart({ description: _, ...one }: HostServicePlan): FingerprintPartPlan {
  return part(`host service ${one.name}`, one);
}

function pinPart({ component, version, artifact, status }: PinPlan): FingerprintPartPlan {
  const { missingReason: _, ...held } = { missingReason: undefined, ...artifact };
  return part(`pin ${component}`, { version, held, status });
}

function networkPart({ description: _, ...one }: NetworkPlan): FingerprintPartPlan {
  return part(`network ${one.name}`, one);
}

function volumePart({ description: _, ...one }: VolumePlan): FingerprintPartPlan {
  return part(`volume ${one.name}`, one);
}
