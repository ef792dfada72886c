import { Rule } from './rule';

export const serviceUser: Rule = {
  id: 'service-user',
  severity: 'error',
  title: 'Services do not run as root',
  fix: 'Set another user. If the image requires root, set rootReason and waive the rule.',
  waivable: true,
  facets: ['security'],
  check: ({ plan }) =>
    plan.services
      .filter(({ user }) => user?.uid === 0)
      .map(({ path, image }) => ({
        path,
        message: `Runs as root${image.facts.rootReason === undefined ? '.' : `: ${image.facts.rootReason}`}`,
      })),
  checkMerged: ({ plan, facts: { security: { user } } }) => {
    if (user === undefined) {
      const isKnown = plan !== undefined && plan.user === undefined;
      return isKnown ? [] : [{ problem: 'leaves the user to the image, which may be root' }];
    }
    return /^(?:0+|root)$/.test(user) ? [{ problem: 'lets the service run as root' }] : [];
  },
};
