import { ServicePlan } from './service-plan';

/** Components of the version inventory that a service is made from. */
export function componentsOf({ image, client }: ServicePlan): string[] {
  return [image.component, client?.component, ...image.build?.baseComponents ?? []].flatMap((one) => one ?? []);
}
