import { messages } from './support';
import { Size, Volume } from '../../src/core';
import { mountHostPath } from '../../src/rules/mount-host-path';

describe('rule mount-host-path', () => {
  test('fails for folders outside the project', () => {
    for (const directory of ['/etc', '/', '/srv/data', '../other', 'a/../../b', '~/work', 'C:\\work', '', '${HOME}/x']) {
      expect(messages(mountHostPath, (box) => Volume.hostDirectory(box, 'data', { directory, size: Size.gibibytes(1) }))).toHaveLength(1);
    }
  });

  test('accepts folders of the project', () => {
    for (const directory of ['./shared', 'shared/data', 'a/../b']) {
      expect(messages(mountHostPath, (box) => Volume.hostDirectory(box, 'data', { directory, size: Size.gibibytes(1) }))).toEqual([]);
    }
  });
});
