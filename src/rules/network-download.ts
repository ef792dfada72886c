import { Rule } from './rule';
import { Reaches } from '../plan/reaches';

export const networkDownload: Rule = {
  id: 'network-download',
  severity: 'error',
  title: 'Services that download at start can reach the internet',
  fix: 'Download in a one-shot first, or add the service to a network with Egress.INTERNET.',
  waivable: false,
  facets: ['image', 'network'],
  check: ({ plan }) => {
    const reaches = new Reaches(plan);
    return plan.services
      .filter(({ image, name }) => image.facts.downloadsAtStart && reaches.of(name, { kind: 'internet' }).length === 0)
      .map(({ path, attachments }) => ({
        path,
        message: `The image downloads at start, but none of its networks (${
          attachments.map(({ network }) => network).join(', ') || 'none'}) reaches the internet.`,
      }));
  },
};
