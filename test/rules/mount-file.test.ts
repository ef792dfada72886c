import { aService, advice, messages } from './support';
import { ConfigFile, Mount, Toolbox } from '../../src/core';
import { mountFile } from '../../src/rules/mount-file';

function mounting(...files: string[]): (box: Toolbox) => void {
  return (box) => {
    const app = aService(box, 'app');
    files.forEach((file, index) => (
      app.addMount(Mount.file(ConfigFile.fromFile(app, `file-${index}`, { file }), `/etc/file-${index}`))));
  };
}

describe('rule mount-file', () => {
  test('fails for a file that is not there, and for a folder', () => {
    expect(advice(mountFile, mounting('./missing.conf', './src'))).toEqual([
      ['The file "./missing.conf" does not exist.', mountFile.fix],
      ['The file "./src" is a folder.', mountFile.fix],
    ]);
  });

  test('accepts files of the project; those of the machine are for another rule', () => {
    expect(messages(mountFile, mounting('./package.json', '../missing.conf', '~/.gitconfig', '/etc/none'))).toEqual([]);
  });

  test('reports a file that two services mount once', () => {
    expect(messages(mountFile, (box) => {
      const file = ConfigFile.fromFile(box, 'shared', { file: 'missing' });
      ['a', 'b'].forEach((id) => aService(box, id, { mounts: [Mount.file(file, '/etc/shared')] }));
    })).toHaveLength(1);
  });
});
