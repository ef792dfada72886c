import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isHostPath, MOST_FILE_BYTES, ProjectFiles } from '../../src/plan/project-files';

describe('ProjectFiles', () => {
  let root: string;
  const write = (name: string, content: string | Buffer): void => fs.writeFileSync(path.join(root, name), content);
  const read = (name: string) => new ProjectFiles(root).read(name);

  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'project-files-'));
  });

  afterEach(() => fs.rmSync(root, { recursive: true }));

  test('reads text, the same with the line ends of any checkout', () => {
    write('unix', 'a $X\n\tb\n');
    write('windows', 'a $X\r\n\tb\r\n');
    expect(read('./unix')).toEqual({
      text: 'a $X\n\tb\n',
      bytes: 8,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(read('windows')).toEqual(read('unix'));
  });

  test.each([
    ['bytes', Buffer.from([0xff, 0x00, 0x0d, 0x0a])],
    ['what is no UTF-8', Buffer.from([0x61, 0xff])],
    ['a control character', Buffer.from('a\u0007')],
    ['a carriage return alone', Buffer.from('a\rb')],
    ['a character that turns the text around', Buffer.from('a\u202eb')],
    ['a byte order mark', Buffer.from('\ufeffa')],
  ])('keeps %s as base64', (_, content) => {
    write('file', content);
    expect(read('file')).toMatchObject({ base64: content.toString('base64'), bytes: content.length });
    expect(read('file')).not.toHaveProperty('text');
  });

  test('knows a change of content by the digest', () => {
    write('file', 'one');
    const before = read('file').digest;
    write('file', 'two');
    expect(read('file').digest).not.toBe(before);
  });

  test('keeps the digest and the size alone of a file that no ConfigMap holds', () => {
    write('big', 'x'.repeat(MOST_FILE_BYTES + 1));
    expect(Object.keys(read('big')).sort()).toEqual(['bytes', 'digest']);
    write('big', 'x'.repeat(MOST_FILE_BYTES));
    expect(read('big').text).toHaveLength(MOST_FILE_BYTES);
  });

  test('says why something cannot be mounted as a file', () => {
    fs.mkdirSync(path.join(root, 'folder'));
    fs.symlinkSync('/etc/hostname', path.join(root, 'out'));
    fs.symlinkSync('/etc', path.join(root, 'etc'));
    fs.symlinkSync('nowhere', path.join(root, 'dangling'));
    expect(['missing', 'folder', 'out', 'etc/hostname', 'dangling'].map((one) => read(one))).toEqual([
      { problem: 'does not exist' },
      { problem: 'is a folder' },
      { problem: 'is a link that leads out of the project' },
      { problem: 'is a link that leads out of the project' },
      { problem: 'does not exist' },
    ]);
  });

  test('reads a folder, with hidden and nested files', () => {
    fs.mkdirSync(path.join(root, 'conf.d/sub'), { recursive: true });
    write('conf.d/.htpasswd', 'x\n');
    write('conf.d/b.sh', '#!/bin/sh\r\n');
    write('conf.d/sub/a', Buffer.from([0, 1]));
    write('conf.d/.DS_Store', 'junk');
    const before = new ProjectFiles(root).readDirectory('./conf.d/');
    expect(before).toEqual({
      bytes: 15,
      digest: expect.stringMatching(/^sha256:/),
      files: [
        { path: '.htpasswd', text: 'x\n', executable: false },
        { path: 'b.sh', text: '#!/bin/sh\n', executable: true },
        { path: 'sub/a', base64: 'AAE=', executable: false },
      ],
    });
    write('conf.d/sub/a', Buffer.from([0, 2]));
    expect(new ProjectFiles(root).readDirectory('conf.d').digest).not.toBe(before.digest);
  });

  test('says why something cannot be mounted as a folder', () => {
    ['empty', 'links', 'big', 'many'].forEach((name) => fs.mkdirSync(path.join(root, name)));
    write('file', 'x');
    fs.symlinkSync('/etc/hostname', path.join(root, 'links/name'));
    fs.symlinkSync('/etc', path.join(root, 'out'));
    write('big/a', 'x'.repeat(MOST_FILE_BYTES));
    write('big/b', 'x');
    Array.from({ length: 501 }, (_, index) => write(`many/${index}`, ''));
    const problem = (name: string) => new ProjectFiles(root).readDirectory(name).problem;
    expect(['missing', 'file', 'empty', 'links', 'out', 'big', 'many'].map(problem)).toEqual([
      'does not exist',
      'is a file',
      'has no files',
      'has the link or special file "name"',
      'is a link that leads out of the project',
      'has more than 1 MiB, and a ConfigMap holds no more',
      'has more than 500 files',
    ]);
    expect(problem('../out')).toBeUndefined();
  });

  test('knows files, and takes a path that the system refuses for none', () => {
    write('file', 'x');
    fs.mkdirSync(path.join(root, 'folder'));
    fs.symlinkSync('loop', path.join(root, 'loop'));
    const files = new ProjectFiles(root);
    const refused = ['missing', 'folder', 'file/x', 'loop', 'x'.repeat(10_000), 'a\0b', '/etc/hostname'];
    expect(files.isFile('./file')).toBe(true);
    expect(refused.filter((one) => files.isFile(one))).toEqual([]);
  });

  test('follows a link within the project', () => {
    write('file', 'text');
    fs.symlinkSync('file', path.join(root, 'link'));
    expect(read('link').text).toBe('text');
  });

  test.each(['../file', '/etc/hostname', '~/.gitconfig', 'C:\\file', 'a/../../file', '${HOME}/x'])(
    'does not read %s, which differs from machine to machine',
    (file) => {
      expect(isHostPath(file)).toBe(true);
      expect(read(file)).toEqual({});
    },
  );
});
