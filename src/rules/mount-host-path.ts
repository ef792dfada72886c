import { posix } from 'node:path';
import { isEngineSocket } from './private/engine-socket';
import { hostDirectories } from './private/host-directories';
import { Rule } from './rule';
import { isOutside, normalPath } from '../plan/project-path';

/** Folders of a machine that hand over the machine (CIS Docker benchmark 5.6). */
const SENSITIVE = [
  '/',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/usr',
  '/var',
  '/var/lib',
  '/var/run',
  '/home',
];

export const mountHostPath: Rule = {
  id: 'mount-host-path',
  severity: 'error',
  title: 'A folder of the host is one of the project',
  fix: 'Use a folder below the project\'s folder, for example "./shared".',
  waivable: true,
  facets: ['mount', 'volume'],
  check: ({ plan }) => hostDirectories(plan).filter(({ directory }) => !isEngineSocket(directory))
    .flatMap(({ path, directory }) => problems(directory).map((message) => ({ path, message }))),
};

function problems(directory: string): string[] {
  const plain = normalPath(directory.replace(/\\/g, '/'));
  if (directory === '' || directory.startsWith('~') || /[:$]/.test(directory)) {
    return [`${JSON.stringify(directory)} is not a folder that every machine has.`];
  }
  if (posix.isAbsolute(plain)) {
    return [
      `The host's folder ${JSON.stringify(directory)} ${SENSITIVE.includes(plain) ? 'hands over the machine' : 'is a folder of one machine'}.`,
    ];
  }
  return isOutside(plain) ? [`The host's folder ${JSON.stringify(directory)} lies outside the project.`] : [];
}
