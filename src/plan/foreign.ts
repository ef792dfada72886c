import { Construct, IConstruct } from 'constructs';
import { Endpoint } from '../model/endpoint';
import { HostService } from '../model/host-service';
import { Service } from '../model/service';

/** Something that is referred to, in words. */
interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly to: IConstruct;
}

/**
 * What a service refers to and another tree has, in words. A plan knows names only, and the same name may stand for
 * another thing here.
 */
export function foreignOfService(service: Service): string[] | undefined {
  const { profile } = service._props;
  return foreign(service, [
    ...service._mounts.flatMap(({ _spec: spec }) =>
      spec.kind === 'volume'
        ? [reference('volume', spec.volume)]
        : spec.kind === 'file'
          ? [reference('configuration file', spec.file), ...spec.file._content.flatMap(targetOf)]
          : [],
    ),
    ...service._attachments.map(({ network }) => reference('network', network)),
    ...(profile === undefined ? [] : [reference('profile', profile)]),
    ...service._environment.flatMap(([, { _spec: spec }]) =>
      spec.kind === 'secret' ? [reference('env file', spec.secret.envFile)] : targetOf(spec),
    ),
    ...service._dependencies.map((one) => reference('service', one.service)),
    ...(service._agent === undefined ? [] : [serverOf(service._agent.modelServer)]),
  ]);
}

/** The same of a server on the host. */
export function foreignOfHostService(host: HostService): string[] | undefined {
  return foreign(
    host,
    [host._clusterService, host._relay].flatMap((one) => (one === undefined ? [] : [serverOf(one)])),
  );
}

/** The same of a check, which covers and needs things. */
export function foreignOf(owner: Construct, others: readonly IConstruct[]): string[] | undefined {
  return foreign(owner, others.map(serverOf));
}

function foreign(owner: Construct, references: readonly Reference[]): string[] | undefined {
  const found = references
    .filter(({ to }) => to.node.root !== owner.node.root)
    .map(({ kind, name }) => `${kind} ${JSON.stringify(name)}`);
  return found.length === 0 ? undefined : [...new Set(found)];
}

function reference(kind: string, to: Construct & { readonly name: string }): Reference {
  return { kind, name: to.name, to };
}

function serverOf(to: IConstruct): Reference {
  return {
    kind: HostService.isHostService(to) ? 'host service' : 'service',
    name: (to as Service | HostService).name,
    to,
  };
}

function targetOf(one: { readonly kind: string; readonly endpoint?: Endpoint }): Reference[] {
  return one.endpoint === undefined ? [] : [serverOf(one.endpoint._target)];
}
