import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { quantity } from './quantity';
import { ServicePlan } from '../../plan/plan';

type Quantities = Record<string, k8s.Quantity>;

/** Limits and requests of a service. A cluster takes a limit for the request where there is none. */
export function resourcesOf(context: RenderContext, service: ServicePlan): k8s.ResourceRequirements | undefined {
  const {
    cpuMillis,
    cpuRequestMillis,
    memoryMegabytes,
    memoryRequestMegabytes,
    ephemeralStorageMegabytes: storage,
  } = service.resources;
  const accelerators = acceleratorsOf(context, service);
  const gpu = `${service.accelerator?.vendor}.com/gpu`;
  const limits = quantities([
    ['cpu', cpuMillis, 'm'],
    ['memory', memoryMegabytes, 'Mi'],
    ['ephemeral-storage', storage, 'Mi'],
    [gpu, accelerators, ''],
  ]);
  const requests = quantities([
    ['cpu', cpuRequestMillis, 'm'], ['memory', memoryRequestMegabytes, 'Mi'],
    ['ephemeral-storage', storage, 'Mi'], [gpu, accelerators, ''],
  ]);
  return limits || requests ? { limits, requests } : undefined;
}

/** Resources of an init container: those of the service, without accelerators. */
export function initResources(resources: k8s.ResourceRequirements | undefined): k8s.ResourceRequirements | undefined {
  return (
    resources && { limits: withoutAccelerator(resources.limits), requests: withoutAccelerator(resources.requests) }
  );
}

function withoutAccelerator(
  quantitiesByName: { readonly [name: string]: k8s.Quantity } | undefined,
): Quantities | undefined {
  return (
    quantitiesByName &&
    Object.fromEntries(Object.entries(quantitiesByName).filter(([name]) => !name.endsWith('.com/gpu')))
  );
}

function quantities(
  amounts: readonly (readonly [name: string, amount: number | undefined, unit: 'Mi' | 'm' | ''])[],
): Quantities | undefined {
  const given = amounts.flatMap(([name, amount, unit]) =>
    amount === undefined ? [] : [[name, quantity(amount, unit)]],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given) as Quantities;
}

function acceleratorsOf({ report }: RenderContext, service: ServicePlan): number | undefined {
  if (service.accelerator?.deviceIds !== undefined) {
    report.adapted(
      service.path,
      'accelerator',
      'A cluster chooses the GPUs itself and gives the pod as many as the model names.',
      'Select a node by a patch if it must be certain ones.',
    );
  }
  const count = service.accelerator?.count;
  if (count === 'all') {
    report.refused(
      service.path,
      'accelerator',
      'Kubernetes hands out accelerators by number and does not know "all", so the pod gets none.',
      'Give a number in the model.',
    );
    return undefined;
  }
  return count;
}
