import * as path from 'path';
import { isEngineSocket } from './private/engine-socket';
import { Rule, Violation } from './rule';

/** Folders of a machine that hand over the machine (CIS Docker benchmark 5.6). */
const SENSITIVE = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/root', '/run', '/sys', '/usr', '/var', '/var/lib', '/var/run', '/home'];

export const mountHostPath: Rule = {
  id: 'mount-host-path',
  severity: 'error',
  title: 'A folder of the host is one of the project',
  mend: 'Use a folder below the project\'s folder, for example "./shared".',
  waivable: true,
  check: ({ plan }) => plan.volumes.flatMap(({ path: at, source }) => (source.kind === 'host-directory' && !isEngineSocket(source.directory) ? judge(at, source.directory) : [])),
};

function judge(at: string, directory: string): Violation[] {
  const text = directory.replace(/\\/g, '/');
  const plain = path.posix.normalize(text).replace(/(.)\/$/, '$1');
  if (directory === '' || text.startsWith('~') || /^[A-Za-z]:/.test(text) || /[:$]/.test(text)) {
    return [{ path: at, message: `${JSON.stringify(directory)} is not a folder that every machine has.` }];
  }
  if (path.posix.isAbsolute(plain)) {
    const what = SENSITIVE.includes(plain) ? 'hands over the machine' : 'is a folder of one machine';
    return [{ path: at, message: `The host's folder ${JSON.stringify(directory)} ${what}.` }];
  }
  return plain === '..' || plain.startsWith('../') ? [{ path: at, message: `The host's folder ${JSON.stringify(directory)} lies outside the project.` }] : [];
}
