import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, ServicePlan } from '../../plan/plan';
import { from, fromEach, merge } from '../origin';
import { ofNamed, ofReference, ofService } from '../service-origins';

/** Prefix of labels and annotations of our own. */
const OWN = 'toolbox-constructs';

/** Names the service of an object. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** Prefix of the labels by which network policies select the members of a network. */
const NETWORK_PREFIX = `networks.${OWN}`;

export type Labels = { readonly [name: string]: string };

/** Returns the labels that select the pods of a service. They never change while the name stays. */
export function selectorLabels(plan: Plan, service: string): Labels {
  return { [NAME_LABEL]: kubernetesName(service), 'app.kubernetes.io/instance': plan.name };
}

/** Labels of everything that belongs to the toolbox as a whole. */
export function toolboxLabels(plan: Plan): Labels {
  return { 'app.kubernetes.io/managed-by': OWN, 'app.kubernetes.io/part-of': plan.name };
}

function networkLabel(name: string): string {
  return `${NETWORK_PREFIX}/${kubernetesName(name)}`;
}

/** Labels of the pods on some networks: the toolbox is the value, so that two of them in one namespace stay apart. */
export function networkLabels(plan: Plan, networks: readonly string[]): Labels {
  return fromEach(
    (key) => ofNamed(plan.networks, networks.find((name) => networkLabel(name) === key), 'network'),
    Object.fromEntries(networks.map((name) => [networkLabel(name), plan.name])),
  );
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

/** Name in the model, of an object that has another one. */
const NAME_ANNOTATION = `${OWN}/name`;

/**
 * Returns the draft mark, and where in the model the object comes from.
 *
 * @param name of the service or volume that the object is for
 * @param objectName of the object
 */
export function annotations(
  plan: Plan,
  constructPath: string,
  name = '',
  objectName = kubernetesName(name),
): Labels {
  const draft: Labels = plan.stage === 'draft' ? { [`${OWN}/stage`]: 'draft' } : {};
  const own: Labels = objectName === name ? {} : { [NAME_ANNOTATION]: name };
  return { [`${OWN}/construct`]: constructPath, ...own, ...draft };
}

/** Annotations of the object that runs a service. */
export function workloadAnnotations(plan: Plan, service: ServicePlan): Labels {
  const order = service.dependencies.map((one) => `${one.service}=${one.condition}`).join(', ');
  const depends: Labels = order === '' ? {} : { [DEPENDS_ON_ANNOTATION]: order };
  return merge(annotations(plan, service.path, service.name), from(() => ofService(service, 'dependency'), depends));
}
