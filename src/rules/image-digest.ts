import { imageText } from './private/secrets';
import { Rule, Violation } from './rule';
import { imageName } from '../plan/image-reference';
import { PinPlan, Plan, ServicePlan } from '../plan/plan';

export const imageDigest: Rule = {
  id: 'image-digest',
  severity: 'error',
  title: 'Registry images are pinned by digest',
  fix: 'Run "npx toolbox-constructs pins update" to record the digest, or waive the rule with a reason.',
  waivable: true,
  facets: ['image', 'build', 'pin'],
  check: ({ plan }) => plan.services.flatMap((service) => [...own(service, plan), ...bases(service, plan)]),
  checkMerged: ({ facts: { image, build } }) => (
    image === '' || build !== undefined || image.includes('@sha256:')
      ? []
      : [{ problem: `runs the image ${imageText(image)}, which has no digest` }]),
};

function own({ path, image }: ServicePlan, plan: Plan): Violation[] {
  const pinned = image.origin !== 'registry' || image.repository === '' || image.digest !== undefined;
  return pinned ? [] : [violation(path, 'image', image, plan.pins.find((one) => one.component === image.component))];
}

function bases({ path, image }: ServicePlan, plan: Plan): Violation[] {
  return (image.build?.baseComponents ?? []).flatMap((component) => {
    const pin = plan.pins.find((one) => one.component === component);
    return pin?.artifact.kind === 'image' && pin.artifact.digest === undefined
      ? [violation(path, 'base image', pin.artifact, pin)]
      : [];
  });
}

function violation(
  path: string,
  what: string,
  image: { readonly repository: string; readonly tag?: string },
  pin: PinPlan | undefined,
): Violation {
  const name = imageText(imageName(image));
  const reason = pin?.artifact.kind === 'image' ? pin.artifact.missingReason : undefined;
  return {
    path,
    message: `The ${what} ${name} has no digest${reason === undefined ? '.' : `: ${reason}`}`,
    location: pin?.location,
  };
}
