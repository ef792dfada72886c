import { imageText } from './private/secrets';
import { Rule } from './rule';
import { findImageFacts } from '../inventory/image-facts';
import { imageName } from '../plan/image-reference';
import { ServicePlan, startUser } from '../plan/plan';

/** An image that changes to another user by itself is left to the rule image-capabilities. */
export const imageUser: Rule = {
  id: 'image-user',
  severity: 'warning',
  title: 'The user of a service is known, and is not root',
  fix: 'Set user on the service, or on its image if the image sets it: User.of(1000), or User.ROOT with rootReason.',
  waivable: true,
  facets: ['security', 'image'],
  check: ({ plan }) => plan.services
    .filter(({ user, image }) => user === undefined && image.repository !== '')
    .flatMap((service) => {
      const problem = problemOf(service);
      return problem === undefined ? [] : [{ path: service.path, message: problem }];
    }),
};

function problemOf(service: ServicePlan): string | undefined {
  const { image } = service;
  const user = startUser(service);
  const name = imageText(imageName(image));
  if (user === undefined) {
    return `The user of the image ${name} is unknown. ${ifRoot(service)}`;
  }
  const { startCapabilities } = findImageFacts(image.repository, image.tag) ?? {};
  return user.uid === 0 && startCapabilities === undefined ? `The image ${name} runs as root.` : undefined;
}

/** Many images start as root to prepare their folders, and fail without the rights for it. */
function ifRoot({ readOnlyRoot, capabilities, capDrop }: ServicePlan): string {
  const limits = [
    ...(capDrop.includes('ALL')
      ? [capabilities.length === 0 ? 'no capabilities' : `only ${capabilities.join(', ')}`]
      : []),
    ...(readOnlyRoot ? ['a read-only root filesystem'] : []),
  ];
  return limits.length === 0 ? 'It may be root.' : `If it is root, the service has ${limits.join(' and ')}.`;
}
