import { describe, expect, it } from 'vitest';
import { writableMounts } from '../../src/workspace/mounts';
import { openSandbox } from '../tools/support';

const line = (path: string, options: string, ofFileSystem = 'rw'): string =>
  `36 35 98:0 / ${path} ${options} master:1 - ext4 /dev/sda1 ${ofFileSystem},errors=continue`;

describe('the mounts below a folder', () => {
  it.each([
    ['a mount of its own, read-only', [line('/', 'rw'), line('/workspace', 'ro,noatime')], []],
    ['a mount of its own, writable', [line('/', 'ro'), line('/workspace', 'rw,noatime')], ['']],
    ['no mount of its own', [line('/', 'rw')], ['']],
    ['no mount of its own, on a root that is read-only', [line('/', 'ro,relatime')], []],
    ['a file system that is read-only', [line('/', 'rw'), line('/workspace', 'rw', 'ro')], []],
    ['a mount on the way', [line('/', 'ro'), line('/work', 'rw'), line('/workspaces', 'rw')], []],
    [
      'a writable mount inside',
      [line('/', 'rw'), line('/workspace', 'ro'), line('/workspace/cache', 'rw'), line('/workspace/docs', 'ro')],
      ['cache'],
    ],
    ['a name with a space inside', [line('/workspace', 'ro'), line('/workspace/a\\040b', 'rw')], ['a b']],
    [
      'one mount upon another',
      [line('/workspace', 'rw'), line('/workspace', 'ro'), line('/workspace/x', 'ro'), line('/workspace/x', 'rw')],
      ['x'],
    ],
    ['options that only look like it', [line('/workspace', 'rw,errors=remount-ro')], ['']],
    ['lines of another form', ['', 'x', line('/workspace', 'ro')], []],
  ])('are returned for %s', (_, lines, expected) => {
    expect(writableMounts(lines.join('\n'), '/workspace')).toEqual(expected);
  });

  it('are read as the kernel writes them', async () => {
    const sandbox = await openSandbox();
    expect(await sandbox.environment.workspace.writableMounts()).toEqual(['']);
    await sandbox.close();
  });
});
