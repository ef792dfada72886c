import { imageText } from './private/secrets';
import { Rule } from './rule';
import { imageName } from '../plan/image-reference';

export const imageUser: Rule = {
  id: 'image-user',
  severity: 'warning',
  title: 'The user of a service is known',
  fix: 'Set user on the service, or on its image if the image sets it: User.of(1000), or User.ROOT with rootReason.',
  waivable: true,
  facets: ['security', 'image'],
  check: ({ plan }) => plan.services
    .filter(({ user, image }) => user === undefined && image.repository !== '')
    .map(({ path, image, readOnlyRoot, capabilities }) => ({
      path,
      message: `The user of the image ${imageText(imageName(image))} is unknown. ${ifRoot(readOnlyRoot, capabilities)}`,
    })),
};

/** Many images start as root to prepare their folders, and fail without the rights for it. */
function ifRoot(readOnlyRoot: boolean, capabilities: readonly string[]): string {
  const rights = capabilities.length === 0 ? 'no capabilities' : `only ${capabilities.join(', ')}`;
  return `If it is root, the service has ${rights}${readOnlyRoot ? ' and a read-only root filesystem.' : '.'}`;
}
