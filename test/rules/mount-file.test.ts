import { aService, advice, messages } from './support';
import { ConfigDirectory, ConfigFile, Mount, Size, Toolbox, Volume } from '../../src/core';
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
      [
        'The file "./src" is a folder.',
        'Mount it with ConfigDirectory and Mount.directory, or with Volume.hostDirectory if it holds data.',
      ],
    ]);
  });

  test('fails for a host directory that is a file, and for a folder that is one', () => {
    expect(advice(mountFile, (box) => {
      const size = Size.gibibytes(1);
      Volume.hostDirectory(box, 'readme', { directory: './README.md', size });
      Volume.hostDirectory(box, 'src', { directory: './src', size });
      Volume.hostDirectory(box, 'later', { directory: './is/made/later', size });
      const folder = new ConfigDirectory(box, 'folder', { directory: 'package.json' });
      aService(box, 'app', { mounts: [Mount.directory(folder, '/etc/app')] });
    })).toEqual([
      ['The folder "package.json" is a file.', 'Mount it with ConfigFile.fromFile and Mount.file.'],
      ['The folder "./README.md" is a file.', 'Mount it with ConfigFile.fromFile and Mount.file.'],
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
