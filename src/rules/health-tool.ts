import { Rule } from './rule';
import { ServicePlan } from '../plan/plan';

/** A shell is taken for granted: every image has one that a command line is written for. */
export const healthTool: Rule = {
  id: 'health-tool',
  severity: 'error',
  title: 'Health checks call a program of the image',
  fix: 'Use a program of the image, and list it in healthTools of the image.',
  waivable: false,
  facets: ['health'],
  check: ({ plan }) => plan.services.flatMap((service) => {
    const message = problemOf(service);
    return message === undefined ? [] : [{
      path: service.path,
      message,
      fix: message === EMPTY ? 'Name a program and its arguments, or leave the health check out.' : undefined,
    }];
  }),
};

const EMPTY = 'The command of the health check is empty.';

function problemOf({ healthCheck, image }: ServicePlan): string | undefined {
  const probe = healthCheck?.probe;
  if (probe === undefined || probe.kind === 'image') {
    return undefined;
  }
  if (probe.kind === 'command' && (probe.shell?.trim() ?? probe.tool) === '') {
    return EMPTY;
  }
  const { healthTools } = image.facts;
  if (
    (probe.kind === 'command' && probe.shell !== undefined) ||
    (probe.tool !== '' && healthTools.includes(probe.tool))
  ) {
    return undefined;
  }
  const problem = probe.tool === ''
    ? `The image has no tool for ${probe.kind} health checks`
    : `The health check calls "${probe.tool}", which the image lacks`;
  return `${problem}; health tools of the image: ${healthTools.length === 0 ? 'none' : healthTools.join(', ')}.`;
}
