import { Construct, IConstruct } from 'constructs';
import { Content, ContentSpec, DataSpec } from '../model/config-file';
import { Endpoint } from '../model/endpoint';
import { EnvironmentPartSpec } from '../model/environment-value';
import { HostService } from '../model/host-service';
import { Secret, SecretFile } from '../model/secret';
import { Service } from '../model/service';
import type { ServiceFacts } from '../model/service-facts';

/** Something that is referred to, in words. */
interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly to: IConstruct;
}

/**
 * Returns the references of a service to constructs of another tree, in words. A plan knows names only, and the same
 * name may stand for another thing here.
 */
export function foreignOfService(service: Service, facts: ServiceFacts): string[] | undefined {
  const { profile } = service;
  return foreign(service, [
    ...service._mounts.flatMap(({ _spec: spec }) =>
      spec.kind === 'volume'
        ? [reference('volume', spec.volume)]
        : spec.kind === 'secret'
          ? [SecretFile.isSecretFile(spec.secret)
            ? reference('secret file', spec.secret as SecretFile)
            : reference('env file', (spec.secret as Secret).envFile)]
          : spec.kind === 'file'
            ? [reference('configuration file', spec.file), ...spec.file._content.flatMap(targetsOf)]
            : spec.kind === 'directory'
              ? [reference('folder', spec.directory)]
              : [],
    ),
    ...service._envFiles.map((envFile) => reference('env file', envFile)),
    ...service._attachments.map(({ network }) => reference('network', network)),
    ...(profile === undefined ? [] : [reference('profile', profile)]),
    ...[...service._environment, ...Object.entries(facts.environment ?? {})].flatMap(([, { _spec: spec }]) =>
      (spec.kind === 'concat' ? spec.parts : [spec]).flatMap(valueReferences),
    ),
    ...(facts.files ?? []).flatMap(({ content }) => content.flatMap((piece) => targetsOf(piece._spec))),
    ...service._dependencies.map((one) => reference('service', one.service)),
    ...(facts.client === undefined ? [] : [serverOf(facts.client.server)]),
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

function targetsOf(spec: ContentSpec): Reference[] {
  return spec.kind === 'data' ? targetsIn(spec.data) : targetOf(spec);
}

function targetsIn(data: DataSpec | undefined): Reference[] {
  if (typeof data !== 'object') {
    return [];
  }
  return Content.isContent(data) ? targetsOf(data._spec) : Object.values(data).flatMap(targetsIn);
}

function valueReferences(part: EnvironmentPartSpec): Reference[] {
  switch (part.kind) {
    case 'secret':
      return [reference('env file', part.secret.envFile)];
    case 'host':
      return [serverOf(part.target)];
    default:
      return targetOf(part);
  }
}

function targetOf(one: { readonly kind: string; readonly endpoint?: Endpoint }): Reference[] {
  return one.endpoint === undefined ? [] : [serverOf(one.endpoint._target)];
}
