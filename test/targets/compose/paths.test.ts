import { fromComposeFile } from '../../../src/targets/compose/paths';

describe('a path of the project, from the compose file', () => {
  test.each([
    ['./shared', 'dist', '../../shared'],
    ['shared/a/', 'out/put', '../../../shared/a'],
    ['.', 'dist', '../..'],
    ['dist/compose/x', 'dist', 'x'],
    ['../server/storage', 'dist', '../../../server/storage'],
    ['../..', 'dist', '../../../..'],
    ['a/../../b', 'dist', '../../../b'],
    ['..a/b', 'dist', '../../..a/b'],
    ['/etc/hosts', 'dist', '/etc/hosts'],
    ['~/.gitconfig', 'dist', '~/.gitconfig'],
    ['~', 'dist', '~'],
    ['~name/x', 'dist', '../../~name/x'],
    ['C:\\data', 'dist', 'C:\\data'],
  ])('%s with the output in %s is %s', (path, outdir, expected) => {
    expect(fromComposeFile({ outdir }, path)).toBe(expected);
  });
});
