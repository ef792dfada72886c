import { imageText } from './private/secrets';
import { Rule, Violation } from './rule';
import { findImageFacts } from '../inventory/image-facts';
import { imageName } from '../plan/image-reference';
import { hasCapability } from '../plan/isolation';
import { ServicePlan, startUser } from '../plan/plan';

/** All capabilities are dropped unless a service keeps them; some images do not start without. */
export const imageCapabilities: Rule = {
  id: 'image-capabilities',
  severity: 'warning',
  title: 'A service keeps the capabilities that its image requires',
  fix: 'Add them to capabilities of the service.',
  waivable: true,
  facets: ['security', 'image'],
  check: ({ plan }) => plan.services.flatMap(missing),
};

function missing(service: ServicePlan): Violation[] {
  const { path, image, capabilities } = service;
  const facts = image.origin === 'registry' ? findImageFacts(image.repository, image.tag) : undefined;
  if (facts === undefined) {
    return [];
  }
  const name = imageText(imageName(image));
  const always = without(facts.capabilities, service);
  const atStart = startsAsRoot(service) ? without(facts.startCapabilities, service) : [];
  const keep = `capabilities: [${[...capabilities, ...always, ...atStart].map((one) => `'${one}'`).join(', ')}]`;
  return [
    ...always.length === 0
      ? []
      : [{ path, message: `The image ${name} does not start without ${always.join(', ')}.`, fix: `Set ${keep}.` }],
    ...atStart.length === 0
      ? []
      : [{
        path,
        message: `The image ${name} starts as root and uses ${atStart.join(', ')}, which the service does not keep.`,
        fix: facts.runsAs === undefined
          ? `Set ${keep}.`
          : `Set user: User.of(${facts.runsAs.replace(':', ', ')}), its own user, or ${keep}.`,
      }],
  ];
}

/** With another entry point, what the image does at its start does not happen. */
function startsAsRoot(service: ServicePlan): boolean {
  return service.entrypoint === undefined && startUser(service)?.uid === 0;
}

function without(required: readonly string[] = [], service: ServicePlan): string[] {
  return required.filter((one) => !hasCapability(one, service));
}
