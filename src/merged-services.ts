import { Plan } from './plan/plan';
import type { MergedService } from './rules';
import { readCompose } from './targets/compose/read/read-compose';
import { readKubernetes } from './targets/kubernetes/read/read-kubernetes';
import type { TargetFile } from './targets/target-file';

/** Reads the services that have overrides back from what the targets rendered. */
export function mergedServices(
  plan: Plan,
  files: { readonly compose: readonly TargetFile[]; readonly kubernetes: readonly TargetFile[] },
): MergedService[] {
  const compose = readCompose(documentsOf(files.compose)[0], new Map()).services;
  const kubernetes = readKubernetes(documentsOf(files.kubernetes)).services;
  return plan.services.flatMap((service): MergedService[] => {
    const { name, overrides: { compose: keys, kubernetes: patches } } = service;
    const about = { plan: service, outdir: plan.outdir };
    return [
      ...(keys.length === 0 ? [] : compose.filter((one) => one.name === name))
        .map((facts) => ({ ...about, target: 'compose' as const, facts })),
      ...(patches.length === 0
        ? []
        : kubernetes.filter((one) => one.name === name || one.name.startsWith(`${name} container `)))
        .map((facts) => ({ ...about, target: 'kubernetes' as const, facts })),
    ];
  });
}

/** Documents as they are written, with what the target's syntax escapes. */
function documentsOf(files: readonly TargetFile[]): unknown[] {
  return files.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'yaml' ? [escaped(part.document, part.style.escape)] : [])),
  );
}

function escaped(value: unknown, escape = (text: string): string => text): unknown {
  if (typeof value === 'string') { return escape(value); }
  if (Array.isArray(value)) { return value.map((item) => escaped(item, escape)); }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item, escape)]))
    : value;
}
