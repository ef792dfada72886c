import { Rule } from './rule';

export const networkDownload: Rule = {
  id: 'network-download',
  severity: 'error',
  title: 'Services that download at start can reach the internet',
  fix: 'Download in a one-shot first, or add the service to a network with Egress.INTERNET.',
  waivable: false,
  facets: ['image', 'network'],
  check: ({ plan }) => {
    const outside = new Set(plan.reaches.filter(({ to }) => to.kind === 'internet').map(({ from }) => from));
    return plan.services
      .filter(({ image, name }) => image.facts.downloadsAtStart && !outside.has(name))
      .map(({ path, attachments }) => ({
        path,
        message: `The image downloads at start, but none of its networks (${
          attachments.map(({ network }) => network).join(', ') || 'none'}) reaches the internet.`,
      }));
  },
};
