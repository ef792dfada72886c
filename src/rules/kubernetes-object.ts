import { overrideProblems } from './private/reported-problems';
import { Rule } from './rule';

export const kubernetesObject: Rule = {
  id: 'kubernetes-object',
  severity: 'error',
  title: 'Kubernetes objects of the model have a kind, a name of their own and no secret values',
  fix: 'Change the object.',
  waivable: false,
  facets: ['override'],
  judges: 'output',
  check: (context) => overrideProblems(context, 'kubernetes-object'),
};
