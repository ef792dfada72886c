import { JsonPatch } from 'cdk8s';
import { Manifest } from './manifest-file';
import { Report, sentence } from './report';
import { KubernetesPatchPlan, Plan } from '../../plan/plan';
import { overridden } from '../../plan/resolve-overrides';
import { OverrideReference } from '../../plan/target-output';
import { nearest } from '../../util/nearest';
import { copied, fromMember, originAt } from '../origin';
import { OverrideLog } from '../override-step';
import { ofOverride } from '../service-origins';

interface Patch extends KubernetesPatchPlan {
  readonly reference: OverrideReference;
}

/** The patches of a model. Each is applied to its object when that is rendered. */
export class Patches {
  public readonly log = new OverrideLog();
  private readonly all: readonly Patch[];
  private readonly pending: Set<Patch>;
  private readonly objects: { readonly kind: string; readonly name: string }[] = [];

  constructor(plan: Plan, private readonly report: Report) {
    this.all = overridden(plan).flatMap(({ path, overrides }) => overrides.kubernetes.map((patch, index): Patch => ({
      ...patch,
      reference: { path, target: 'kubernetes', index },
    })));
    this.pending = new Set(this.all);
  }

  /**
   * Applies the patches of an object, in their order.
   *
   * @param manifest has the name that patches refer to.
   * @param path construct that the object is the main one of.
   */
  public apply(manifest: Manifest, path?: string): Manifest {
    const kind = String(manifest.kind);
    const name = String(member(manifest.metadata, 'name'));
    this.objects.push({ kind, name });
    return this.all
      .filter(({ object, reference }) => (
        object === undefined ? reference.path === path : object.kind === kind && object.name === name))
      .reduce((before, patch) => this.patched(before, patch), manifest);
  }

  /** Reports the patches that no object has taken. Comes after all objects. */
  public finish(): void {
    for (const { reference, object, pointer } of this.pending) {
      const why = object === undefined ? 'the construct has no object in the cluster.' : this.unknown(object);
      this.problem(reference, `The patch at ${pointer} has no effect: ${why}`, 'Patch an object of the manifests.');
    }
  }

  private unknown({ kind, name }: NonNullable<Patch['object']>): string {
    const names = this.objects.filter((one) => one.kind === kind).map((one) => one.name);
    const like = nearest(name, names) ?? (names.length <= 3 ? names.join(', ') : undefined);
    const likeKind = nearest(kind, this.objects.map((one) => one.kind));
    const hint = names.length === 0
      ? likeKind && ` Did you mean the kind ${likeKind}?`
      : like && ` There is ${like}.`;
    return `there is no ${kind} ${JSON.stringify(name)}.${hint ?? ''}`;
  }

  private patched(before: Manifest, patch: Patch): Manifest {
    const { reference, op, pointer, reason } = patch;
    this.pending.delete(patch);
    const after = fits(before, patch) ? attempt(before, patch) : undefined;
    if (after === undefined) {
      this.problem(
        reference,
        `The patch at ${pointer} does not fit the object: it has nothing there.`,
        'Compare the pointer with the generated file.',
      );
      return before;
    }
    if (identity(after) !== identity(before)) {
      this.problem(
        reference,
        `The patch at ${pointer} changes how other objects know this one.`,
        'Change the model instead.',
      );
      return before;
    }
    this.report.adapted(
      reference.path,
      `override ${reference.index + 1} (${op} ${pointer})`,
      `The model says it for Kubernetes alone: ${sentence(reason)}`,
      'Check whether it still holds when the generated object changes.',
    );
    const at = keysOf(pointer).slice(1);
    this.log.steps.push({ override: reference, what: `patch at ${pointer}`, at, before, after });
    return after;
  }

  private problem(override: OverrideReference, message: string, fix: string): void {
    this.log.problems.push({ override, rule: 'override-target', message, fix });
  }
}

/** Returns undefined if the library refuses the patch, such as one of a prototype. */
function attempt(manifest: Manifest, patch: Patch): Manifest | undefined {
  try {
    const patched = JsonPatch.apply(copied(manifest), patchOf(patch)) as Manifest;
    if (patch.op !== 'remove') { noteOverride(patched, patch); }
    return patched;
  } catch {
    return undefined;
  }
}

function noteOverride(patched: Manifest, { pointer, reason, reference }: Patch): void {
  const keys = keysOf(pointer).slice(1);
  const parent = keys.slice(0, -1).reduce<unknown>(member, patched) as object;
  const last = keys[keys.length - 1];
  const key = !Array.isArray(parent) ? last : last === '-' ? parent.length - 1 : Number(last);
  const replaced = originAt(patched, [...keys.slice(0, -1), key]);
  fromMember(parent, key, () => ofOverride(reference.path, pointer, reason, replaced));
}

function keysOf(pointer: string): string[] {
  return pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function patchOf({ op, pointer, value }: Patch): JsonPatch {
  switch (op) {
    case 'add': return JsonPatch.add(pointer, value);
    case 'replace': return JsonPatch.replace(pointer, value);
    case 'remove': return JsonPatch.remove(pointer);
  }
}

/** Checks the place of a patch: the library accepts a replacement of nothing. */
function fits(manifest: Manifest, { op, pointer }: Patch): boolean {
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

/** Returns what other objects know an object by; of a workload, also what selects its pods. */
function identity(manifest: Manifest): string {
  const at = (...keys: readonly string[]) => keys.reduce<unknown>(member, manifest);
  const labels = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'].map((label) =>
    at('spec', 'template', 'metadata', 'labels', label),
  );
  const isWorkload = at('spec', 'template') !== undefined;
  return JSON.stringify([
    at('apiVersion'),
    at('kind'),
    at('metadata', 'name'),
    at('metadata', 'namespace'),
    isWorkload && at('spec', 'selector'),
    isWorkload && at('spec', 'serviceName'),
    labels,
  ]);
}
