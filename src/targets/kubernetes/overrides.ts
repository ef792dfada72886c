import { JsonPatch } from 'cdk8s';
import { RenderContext } from './context';
import { Manifest } from './manifest-file';
import { sentence } from './report';
import { OverridesPlan, ServicePlan } from '../../plan/plan';
import { copied, fromMember, originAt } from '../origin';
import { ofOverride } from '../service-origins';

type Override = OverridesPlan['kubernetes'][number];

/** Applies the patches that the model has for Kubernetes alone, in their order. Reports each. */
export function withOverrides({ report }: RenderContext, service: ServicePlan, workload: Manifest): Manifest {
  return service.overrides.kubernetes.reduce((manifest, override, index) => {
    const fact = `override ${index + 1} (${override.op} ${override.pointer})`;
    const patched = fits(manifest, override) ? attempt(service, manifest, override) : undefined;
    if (patched === undefined) {
      report.refused(
        service.path,
        fact,
        'The patch does not fit the generated object.',
        'Compare its pointer with the generated file.',
      );
      return manifest;
    }
    if (identity(patched) !== identity(manifest)) {
      report.refused(
        service.path,
        fact,
        'Services and network policies know the workload by this part.',
        'Change the model instead.',
      );
      return manifest;
    }
    report.adapted(
      service.path,
      fact,
      `The model says it for Kubernetes alone: ${sentence(override.reason)}`,
      'See that it still holds when the generated object changes.',
    );
    return patched;
  }, workload);
}

/** Returns undefined if the library refuses the patch, such as one of a prototype. */
function attempt(service: ServicePlan, manifest: Manifest, override: Override): Manifest | undefined {
  try {
    const patched = JsonPatch.apply(copied(manifest), patchOf(override)) as Manifest;
    if (override.op !== 'remove') { noteOverride(service, patched, override); }
    return patched;
  } catch {
    return undefined;
  }
}

function noteOverride(service: ServicePlan, patched: Manifest, { pointer, reason }: Override): void {
  const keys = keysOf(pointer).slice(1);
  const parent = keys.slice(0, -1).reduce<unknown>(member, patched) as object;
  const last = keys[keys.length - 1];
  const key = !Array.isArray(parent) ? last : last === '-' ? parent.length - 1 : Number(last);
  const replaced = originAt(patched, [...keys.slice(0, -1), key]);
  fromMember(parent, key, () => ofOverride(service, pointer, reason, replaced));
}

function keysOf(pointer: string): string[] {
  return pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function patchOf({ op, pointer, value }: Override): JsonPatch {
  switch (op) {
    case 'add': return JsonPatch.add(pointer, value);
    case 'replace': return JsonPatch.replace(pointer, value);
    case 'remove': return JsonPatch.remove(pointer);
  }
}

/** The library takes a replacement of nothing in silence. */
function fits(manifest: Manifest, { op, pointer }: Override): boolean {
  const [first, ...keys] = keysOf(pointer);
  if (first !== '' || keys.length === 0) {
    return false;
  }
  const last = keys[keys.length - 1];
  const parent = keys.slice(0, -1).reduce<unknown>(member, manifest);
  return typeof parent === 'object' && parent !== null && (op === 'add' || member(parent, last) !== undefined);
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** What other objects and the walls of the namespace know the workload by. */
function identity(manifest: Manifest): string {
  const at = (...keys: readonly string[]) => keys.reduce<unknown>(member, manifest);
  const labels = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'].map((label) =>
    at('spec', 'template', 'metadata', 'labels', label),
  );
  return JSON.stringify([
    at('apiVersion'),
    at('kind'),
    at('metadata', 'name'),
    at('metadata', 'namespace'),
    at('spec', 'selector'),
    at('spec', 'serviceName'),
    labels,
  ]);
}
