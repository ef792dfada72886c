import { Rule } from './rule';

export const imageDigest: Rule = {
  id: 'image-digest',
  severity: 'error',
  title: 'An image of a registry is pinned by its digest',
  mend: 'Look the index digest up (docker buildx imagetools inspect NAME:TAG) and write it into the inventory, or waive the rule with a reason.',
  waivable: true,
  check: ({ plan }) => plan.services
    .filter(({ image }) => image.origin === 'registry' && image.repository !== '' && image.digest === undefined)
    .map(({ path, image }) => {
      const pin = plan.pins.find((one) => one.component === image.component);
      const reason = pin?.artifact.kind === 'image' ? pin.artifact.missingReason : undefined;
      return {
        path,
        message: `The image ${image.repository}:${image.tag ?? ''} has no digest${reason === undefined ? '.' : `: ${reason}`}`,
        location: pin?.location,
      };
    }),
};
