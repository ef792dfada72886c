import { ServicePlan } from './service-plan';

/** Components of the version inventory that a service is made from. */
export function componentsOf({ image, agent }: ServicePlan): string[] {
  return [image.component, agent?.component, ...image.build?.baseComponents ?? []].flatMap((one) => one ?? []);
}
