import { join } from 'node:path';
import { contentDigest } from './content-digest';
import { hostServicePart, MISSING, networkPart, part, pinPart, serviceParts, volumePart } from './parts';
import { fingerprintOf } from '../../model/fingerprint';
import { groupBy, sortedBy } from '../collections';
import { Architecture, HostServicePlan, NetworkPlan, PinPlan, ServicePlan, VolumePlan } from '../plan';
import { isOutside } from '../project-path';
import { componentsOf } from '../service-plan';
import { CheckPlan, FingerprintPartPlan, FingerprintPlan } from '../status-plan';

type Definition = Pick<CheckPlan, 'command' | 'expectedOutput' | 'covers' | 'files'>;
type Parts = readonly FingerprintPartPlan[];
type ByName<T> = ReadonlyMap<string, readonly T[]>;

/** The fingerprints of one architecture: each part is worked out once, however many checks cover it. */
export class Fingerprints {
  private readonly parts = new Map<object, Parts>();
  /** Digests of files and folders by path. */
  private readonly files = new Map<string, string>();
  private readonly services: ByName<ServicePlan>;
  private readonly hostServices: ByName<HostServicePlan>;
  private readonly pins: ByName<PinPlan>;
  private readonly networks: ByName<NetworkPlan>;
  private readonly volumes: ByName<VolumePlan>;

  /** @param root the project's folder. */
  constructor(private readonly architecture: Architecture, private readonly root: string) {
    this.services = byName(architecture.services, (one) => one.name);
    this.hostServices = byName(architecture.hostServices, (one) => one.name);
    this.pins = byName(architecture.pins, (one) => one.component);
    this.networks = byName(architecture.networks, (one) => one.name);
    this.volumes = byName(architecture.volumes, (one) => one.name);
  }

  /** Returns the fingerprint of what a check covers: if it changes, the check must run again. */
  public ofCheck({ command, expectedOutput, covers, files }: Definition): FingerprintPlan {
    const services = named(this.services, covers);
    const hostServices = named(this.hostServices, covers);
    const components = [...services.flatMap(componentsOf), ...hostServices.flatMap((one) => one.component ?? [])];
    const networks = services.flatMap((one) => one.attachments.map(({ network }) => network));
    const volumes = services.flatMap((one) =>
      one.mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount.volume] : [])),
    );
    return fingerprint([
      part('check definition', [command, expectedOutput, covers, files]),
      ...files.map((file) => this.filePart(file)),
      ...this.partsOf(services, serviceParts),
      ...this.partsOf(hostServices, hostServicePart),
      ...this.partsOf(named(this.pins, components), pinPart),
      ...this.partsOf(named(this.networks, networks), networkPart),
      ...this.partsOf(named(this.volumes, volumes), volumePart),
    ]);
  }

  /**
   * Everything that the generated files are made from.
   *
   * @param generator version of this library: another one may render the same model in another way.
   */
  public ofArchitecture(generator: string): FingerprintPlan {
    const { name, source, outdir, services, hostServices, profiles, volumes, networks } = this.architecture;
    const { envFiles, secretFiles, parameters, pins, policies, waivers, decisions, overrides, objects = [] } =
      this.architecture;
    return fingerprint([
      part('generator', generator),
      part('toolbox', [name, source, outdir]),
      ...this.partsOf(services, serviceParts),
      ...this.partsOf(hostServices, hostServicePart),
      ...profiles.map((one) => part(`profile ${one.name}`, one)),
      ...this.partsOf(volumes, volumePart),
      ...this.partsOf(networks, networkPart),
      ...envFiles.map((one) => part(`env file ${one.file}`, one)),
      ...(secretFiles ?? []).map((one) => part(`secret file ${one.file}`, one)),
      ...parameters.map((one) => part(`parameter ${one.name}`, one)),
      ...this.partsOf(pins, pinPart),
      ...policies.map((one) => part(`tool policy of ${one.service}`, one)),
      ...waivers.map((one) => part(`waiver ${one.path}`, one)),
      ...decisions.map((one) => part(`decision ${one.path}`, one)),
      ...overrides === undefined ? [] : [part('overrides', overrides)],
      ...objects.map((one) => part(`objects ${one.path}`, one)),
    ]);
  }

  private partsOf<T extends object>(items: readonly T[], work: (item: T) => FingerprintPartPlan | Parts): Parts {
    return items.flatMap((item) => {
      const parts = this.parts.get(item) ?? [work(item)].flat();
      this.parts.set(item, parts);
      return parts;
    });
  }

  /** Paths outside the project are refused by a rule, and not read. */
  private filePart(file: string): FingerprintPartPlan {
    const digest =
      this.files.get(file) ?? (isOutside(file) ? undefined : contentDigest(join(this.root, file))) ?? MISSING;
    this.files.set(file, digest);
    return { name: `file ${file}`, digest };
  }
}

function fingerprint(parts: Parts): FingerprintPlan {
  const sorted = sortedBy(parts, (one) => one.name);
  return { digest: fingerprintOf(sorted), parts: sorted };
}

function byName<T>(items: readonly T[], nameOf: (item: T) => string): ByName<T> {
  return groupBy(items, nameOf);
}

/** All that have one of the names, each once. */
function named<T>(all: ByName<T>, names: readonly string[]): T[] {
  return [...new Set(names)].flatMap((name) => all.get(name) ?? []);
}
