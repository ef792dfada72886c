import { Report } from './report';
import { secretMarkers } from '../../plan/env-files';
import { Markers } from '../../plan/parameters';
import { EnvFilePlan, NetworkPlan, Plan, SecretFilePlan, ServicePlan, VolumePlan } from '../../plan/plan';
import { SecretPlan } from '../../plan/value-parts';
import { OverrideLog } from '../override-step';

/** Inputs of every part of the renderer, with lookups by name. */
export interface RenderContext {
  readonly plan: Plan;
  readonly report: Report;
  readonly overrides: OverrideLog;
  /** Those that run on a workstation, by name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly volumes: ReadonlyMap<string, VolumePlan>;
  readonly networks: ReadonlyMap<string, NetworkPlan>;
  readonly envFiles: ReadonlyMap<string, EnvFilePlan>;
  readonly secretFiles: ReadonlyMap<string, SecretFilePlan>;
  /** Markers of parameters and secrets in texts. */
  readonly markers: Markers;
  /** The marker of a secret in a text. */
  secretMarker(secret: SecretPlan): string;
}

export function contextOf(plan: Plan, report: Report, markers: Markers): RenderContext {
  const secrets = secretMarkers(plan);
  const markerOf = new Map(secrets.map(({ id, marker }) => [id, marker]));
  return {
    plan,
    report,
    overrides: new OverrideLog(),
    services: byName(plan.services.filter((service) => service.places.includes('workstation'))),
    volumes: byName(plan.volumes),
    networks: byName(plan.networks),
    envFiles: byName(plan.envFiles),
    secretFiles: byName(plan.secretFiles ?? []),
    markers: markers.with(secrets.map(({ marker, variable }) => [marker, variable])),
    secretMarker: ({ envFile, key }) => markerOf.get(`${envFile}\t${key}`) ?? '',
  };
}

/** Returns a construct that a service refers to by name. The rules refuse a plan in which it is missing. */
export function referred<T>(things: ReadonlyMap<string, T>, name: string, service: ServicePlan, kind: string): T {
  const found = things.get(name);
  if (found === undefined) {
    throw new Error(`${service.path}: it refers to the ${kind} ${JSON.stringify(name)}, which the plan does not have.`);
  }
  return found;
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}
