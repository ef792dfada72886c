import { Rule } from './rule';

export const healthTool: Rule = {
  id: 'health-tool',
  severity: 'error',
  title: 'Health checks call a program of the image',
  fix: 'Use a program of the image, and list it in healthTools of the image.',
  waivable: false,
  facets: ['health'],
  check: ({ plan }) => plan.services.flatMap(({ path, healthCheck, image }) => {
    const probe = healthCheck?.probe;
    if (probe === undefined || (probe.tool !== '' && image.facts.healthTools.includes(probe.tool))) {
      return [];
    }
    const problem = probe.tool === ''
      ? `The image has no tool for ${probe.kind} health checks`
      : `The health check calls "${probe.tool}", which the image lacks`;
    const has = image.facts.healthTools.length === 0 ? 'none' : image.facts.healthTools.join(', ');
    return [
      {
        path,
        message: `${problem}; health tools of the image: ${has}.`,
      },
    ];
  }),
};
