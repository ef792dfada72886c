import { Rule } from './rule';

export const serviceUser: Rule = {
  id: 'service-user',
  severity: 'error',
  title: 'No service runs as root',
  fix: 'Give it a user other than root; where the image cannot, say why in the image\'s rootReason and waive the rule.',
  waivable: true,
  facets: ['security'],
  check: ({ plan }) => plan.services.filter(({ user }) => user.uid === 0).map(({ path, image }) => ({
    path, message: `Runs as root${image.facts.rootReason === undefined ? '.' : `: ${image.facts.rootReason}`}`,
  })),
};
