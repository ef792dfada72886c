import { Rule } from './rule';

export const healthTool: Rule = {
  id: 'health-tool',
  severity: 'error',
  title: 'A health check calls a program that the image has',
  fix: 'Check with a program that the image has, and name it in the image\'s healthTools.',
  waivable: false,
  facets: ['health'],
  check: ({ plan }) => plan.services.flatMap(({ path, healthCheck, image }) => {
    const probe = healthCheck?.probe;
    if (probe === undefined || (probe.tool !== '' && image.facts.healthTools.includes(probe.tool))) {
      return [];
    }
    const has = image.facts.healthTools.length === 0 ? 'none' : image.facts.healthTools.join(', ');
    return [
      {
        path,
        message: `${probe.tool === '' ? `Nothing in the image can check over ${probe.kind}` : `The health check calls "${probe.tool}", which the image lacks`}; health tools of the image: ${has}.`,
      },
    ];
  }),
};
