import { Rule } from './rule';

export const networkDownload: Rule = {
  id: 'network-download',
  severity: 'error',
  title: 'An image that downloads at start can reach the internet',
  fix: 'Fetch beforehand in a one-shot of its own, or attach the service to a network with Egress.INTERNET.',
  waivable: false,
  facets: ['image', 'network'],
  check: ({ plan }) => {
    const outside = new Set(plan.reaches.filter(({ to }) => to.kind === 'internet').map(({ from }) => from));
    return plan.services
      .filter(({ image, name }) => image.facts.downloadsAtStart && !outside.has(name))
      .map(({ path, attachments }) => ({
        path,
        message: `The image downloads at start, and none of its networks (${attachments.map(({ network }) => network).join(', ') || 'none'}) opens the internet.`,
      }));
  },
};
