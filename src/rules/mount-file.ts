import { hostPlaces } from './private/mounts';
import { Rule } from './rule';
import { isHostPath } from '../plan/project-files';

export const mountFile: Rule = {
  id: 'mount-file',
  severity: 'error',
  title: 'Files of the project that services mount exist',
  fix: 'Name a file of the project, for example "./nginx/nginx.conf".',
  waivable: true,
  facets: ['mount', 'config'],
  check: ({ plan }) => hostPlaces(plan)
    .filter(({ place, problem }) => problem !== undefined && !isHostPath(place))
    .map(({ path, place, problem }) => ({ path, message: `The file ${JSON.stringify(place)} ${problem}.` })),
};
