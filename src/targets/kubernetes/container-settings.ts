import { Report } from './report';
import { ServicePlan } from '../../plan/plan';
import { PodPart, statedSettings } from '../container-settings';
import { from, merge } from '../origin';
import { ofService } from '../service-origins';

/** Returns the fields of one part of a pod that settings of the container have. */
export function podFields(service: ServicePlan, part: PodPart): Record<string, unknown> {
  const fields: Record<string, unknown>[] = [];
  for (const { setting: { pod, facet }, value } of statedSettings(service.container ?? {})) {
    const field = pod?.part === part ? pod.write(value) : undefined;
    if (pod !== undefined && field !== undefined) {
      const earlier = fields.find((one) => Object.hasOwn(one, pod.key))?.[pod.key];
      const whole = isMap(earlier) && isMap(field) ? { ...earlier, ...field } : field;
      fields.push(from(() => ofService(service, facet), { [pod.key]: whole }));
    }
  }
  return merge<Record<string, unknown>>(...fields);
}

/** Reports the settings of a container that a pod does not keep. */
export function reportSettings({ path, container = {} }: ServicePlan, report: Report): void {
  for (const { setting, value } of statedSettings(container)) {
    const gap = setting.gap?.(value);
    if (gap !== undefined) {
      report.add({ path, fact: setting.fact, ...gap });
    }
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
