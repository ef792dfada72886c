import { IConstruct } from 'constructs';
import { Check } from '../model/check';
import { Decision } from '../model/decision';
import { HostService } from '../model/host-service';
import { isKind } from '../model/kind';
import { KubernetesObjects } from '../model/kubernetes-objects';
import { Network } from '../model/network';
import { Parameter } from '../model/parameter';
import type { PolicySource } from '../model/policy-table';
import { Profile } from '../model/profile';
import { EnvFile, Secret, SecretFile } from '../model/secret';
import { Service } from '../model/service';
import { Toolbox } from '../model/toolbox';
import { Volume } from '../model/volume';
import { Waiver } from '../model/waiver';

/** The constructs of a tree by kind, each list in the order of construct paths. */
export interface Collected {
  readonly toolbox: Toolbox;
  readonly byPath: ReadonlyMap<string, IConstruct>;
  readonly services: Service[];
  readonly hostServices: HostService[];
  readonly profiles: Profile[];
  readonly volumes: Volume[];
  readonly networks: Network[];
  readonly envFiles: EnvFile[];
  readonly secrets: Secret[];
  readonly secretFiles: SecretFile[];
  readonly policies: (IConstruct & PolicySource)[];
  readonly parameters: Parameter[];
  readonly checks: Check[];
  readonly waivers: Waiver[];
  readonly decisions: Decision[];
  readonly objects: KubernetesObjects[];
}

/** Walks the tree once. */
export function collect(toolbox: Toolbox): Collected {
  const all = toolbox.node.findAll();
  const only = <T extends IConstruct>(is: (value: unknown) => boolean): T[] => all.filter((one): one is T => is(one));
  return {
    toolbox,
    byPath: new Map(all.map((one) => [one.node.path, one])),
    services: only<Service>(Service.isService),
    hostServices: only<HostService>(HostService.isHostService),
    profiles: only<Profile>(Profile.isOptionalPart),
    volumes: only<Volume>(Volume.isVolume),
    networks: only<Network>(Network.isNetwork),
    envFiles: only<EnvFile>(EnvFile.isEnvFile),
    secrets: only<Secret>(Secret.isSecret),
    secretFiles: only<SecretFile>(SecretFile.isSecretFile),
    policies: only<IConstruct & PolicySource>((one) => isKind(one, 'Policy')),
    parameters: only<Parameter>(Parameter.isParameter),
    checks: only<Check>(Check.isCheck),
    waivers: only<Waiver>(Waiver.isWaiver),
    decisions: only<Decision>(Decision.isDecision),
    objects: only<KubernetesObjects>(KubernetesObjects.isKubernetesObjects),
  };
}
