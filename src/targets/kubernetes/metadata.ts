import { Plan, ServicePlan } from '../../plan/plan';
import { from, merge } from '../origin';
import { ofNamed, ofReference, ofService } from '../service-origins';

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

/** Labels of everything that belongs to a service. The label of a profile lets a selector leave the profile out. */
export function serviceLabels(plan: Plan, service: ServicePlan): Labels {
  const part: Labels = service.profile === undefined ? {} : { [PROFILE_LABEL]: service.profile };
  const ofProfile = () => ofReference(service, 'profile', ofNamed(plan.profiles, service.profile));
  return merge(selectorLabels(plan, service.name), toolboxLabels(plan), from(ofProfile, part));
}

export const PROFILE_LABEL = `${OWN}/profile`;

/** Start order in words, even where nothing enforces it. */
const DEPENDS_ON_ANNOTATION = `${OWN}/depends-on`;

/** The draft mark, and where in the model the object comes from. */
export function annotations(plan: Plan, constructPath: string): Labels {
  const draft: Labels = plan.stage === 'draft' ? { [`${OWN}/stage`]: 'draft' } : {};
  return { [`${OWN}/construct`]: constructPath, ...draft };
}

/** Annotations of the object that runs a service. */
export function workloadAnnotations(plan: Plan, service: ServicePlan): Labels {
  const order = service.dependencies.map((one) => `${one.service}=${one.condition}`).join(', ');
  const depends: Labels = order === '' ? {} : { [DEPENDS_ON_ANNOTATION]: order };
  return merge(annotations(plan, service.path), from(() => ofService(service, 'dependency'), depends));
}
