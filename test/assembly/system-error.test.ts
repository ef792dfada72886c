import { join } from 'node:path';
import { systemFinding } from '../../src/assembly/system-finding';

function messageOf(path: string | undefined): string {
  const error = Object.assign(new Error('refused'), { code: 'EACCES', path });
  return systemFinding(error, '"out" could not be read', { path: join('/project', 'dist'), label: 'out' }).message;
}

describe('an error of the system', () => {
  test('names the path below the folder', () => {
    expect(messageOf(join('/project', 'dist', 'docs', 'a.md'))).toBe(
      '"out" could not be read: permission denied (EACCES) at "out/docs/a.md".',
    );
  });

  test.each([undefined, '/project/dist', '/project', '/elsewhere/a.md'])('omits the path for %j', (path) => {
    expect(messageOf(path)).toBe('"out" could not be read: permission denied (EACCES).');
  });

  test('fails with an error that is not the system\'s', () => {
    expect(() => systemFinding(new TypeError('no'), '"out" could not be read')).toThrow('no');
  });
});
