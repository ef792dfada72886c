import { hostPlaces } from './private/mounts';
import { Rule } from './rule';
import { isHostPath } from '../plan/project-files';

const FIXES: readonly (readonly [problem: string, fix: string])[] = [
  ['is a file', 'Mount it with ConfigFile.fromFile and Mount.file.'],
  ['is a folder', 'Mount it with ConfigDirectory and Mount.directory, or with Volume.hostDirectory if it holds data.'],
  ['has more than', 'Use Volume.hostDirectory for data, or put the files into the image.'],
  ['has the link', 'Replace it by the file that it stands for.'],
];

export const mountFile: Rule = {
  id: 'mount-file',
  severity: 'error',
  title: 'Files and folders of the project that services mount are there',
  fix: 'Name a file of the project, for example "./nginx/nginx.conf".',
  waivable: true,
  facets: ['mount', 'config'],
  check: ({ plan }) => hostPlaces(plan)
    .filter(({ place, problem }) => problem !== undefined && !isHostPath(place))
    .map(({ path, what, place, problem }) => ({
      path,
      message: `The ${what} ${JSON.stringify(place)} ${problem}.`,
      fix: FIXES.find(([ending]) => problem?.startsWith(ending))?.[1],
    })),
};
