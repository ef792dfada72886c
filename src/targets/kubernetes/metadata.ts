import { Plan, ServicePlan } from '../../plan/plan';

/** Prefix of labels and annotations of our own. */
const OWN = 'toolbox-constructs';

export type Labels = { readonly [name: string]: string };

/** What selects a service's pods; never changes while the name stays. */
export function selectorLabels(plan: Plan, service: string): Labels {
  return { 'app.kubernetes.io/name': service, 'app.kubernetes.io/instance': plan.name };
}

/** Labels of everything that belongs to the toolbox as a whole. */
export function toolboxLabels(plan: Plan): Labels {
  return { 'app.kubernetes.io/managed-by': OWN, 'app.kubernetes.io/part-of': plan.name };
}

/** Labels of everything that belongs to a service; those of an profile let a person leave it out with a selector. */
export function serviceLabels(plan: Plan, service: ServicePlan): Labels {
  const part: Labels = service.profile === undefined ? {} : { [PROFILE_LABEL]: service.profile };
  return { ...selectorLabels(plan, service.name), ...toolboxLabels(plan), ...part };
}

export const PROFILE_LABEL = `${OWN}/profile`;

/** Start order in words; it is told even where nothing enforces it. */
export const DEPENDS_ON_ANNOTATION = `${OWN}/depends-on`;

/** The draft mark, and where in the model the object comes from. */
export function annotations(plan: Plan, constructPath: string, more: Labels = {}): Labels {
  const draft: Labels = plan.stage === 'draft' ? { [`${OWN}/stage`]: 'draft' } : {};
  return { [`${OWN}/construct`]: constructPath, ...draft, ...more };
}
