import { imageText } from './private/secrets';
import { Rule } from './rule';
import { imageName } from '../plan/image-reference';

export const healthImage: Rule = {
  id: 'health-image',
  severity: 'error',
  title: 'HealthCheck.fromImage is for images that have a health check',
  fix: 'State the check: HealthCheck.http, .tcp, .command or .shell.',
  waivable: true,
  facets: ['health', 'image'],
  check: ({ plan }) => plan.services
    .filter(({ healthCheck: check }) => check?.probe.kind === 'image' && check.probe.command?.length === 0)
    .map(({ path, image }) => ({ path, message: `The image ${imageText(imageName(image))} has no health check.` })),
};
