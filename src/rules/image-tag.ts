import { imageText } from './private/secrets';
import { Rule } from './rule';

const MUTABLE = /^(latest|stable|edge|main|master|nightly|dev|v?\d+)$/;

/** Refuses mutable tags: a bare major version changes with every release, like `latest`. */
export const imageTag: Rule = {
  id: 'image-tag',
  severity: 'error',
  title: 'Image tags name one release',
  fix: 'Pin a full version in the inventory, for example 0.12.3.',
  waivable: true,
  facets: ['image', 'build', 'pin'],
  check: ({ plan }) => plan.services.flatMap(({ path, image }) => {
    if (image.repository === '') {
      return [];
    }
    if (image.tag === undefined) {
      return [{ path, message: `The image ${imageText(image.repository)} has no tag.` }];
    }
    return MUTABLE.test(image.tag)
      ? [{ path, message: `The tag "${image.tag}" of ${imageText(image.repository)} changes with every release.` }]
      : [];
  }),
};
