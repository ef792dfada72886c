import { messages } from './support';
import { Size, Volume } from '../../src/core';
import { mountHostPath } from '../../src/rules/mount-host-path';

const size = Size.gibibytes(1);

function said(directory: string): string[] {
  return messages(mountHostPath, (box) => Volume.hostDirectory(box, 'data', { directory, size }));
}

describe('rule mount-host-path', () => {
  test.each(['/', '/etc', '/etc/', '/var/../etc', '\\etc', '//home'])(
    'fails for %j, which gives control of the machine',
    (directory) => {
      expect(said(directory)).toEqual([`The host folder ${JSON.stringify(directory)} gives control of the machine.`]);
    },
  );

  test.each(['/srv/data', '/etc/app'])('fails for %j, which only one machine has', (directory) => {
    expect(said(directory)).toEqual([
      `The host folder ${JSON.stringify(directory)} is an absolute path, which other machines lack.`,
    ]);
  });

  test.each(['..', '../', '../other', 'a/../../b', '..\\other'])(
    'fails for %j, which lies outside the project',
    (directory) => {
      expect(said(directory)).toEqual([`The host folder ${JSON.stringify(directory)} lies outside the project.`]);
    },
  );

  test.each(['', '~/work', 'C:\\work', 'C:work', 'a:ro', '${HOME}/x'])(
    'fails for %j, which is no folder everywhere',
    (directory) => {
      expect(said(directory)).toEqual([`${JSON.stringify(directory)} does not exist on every machine.`]);
    },
  );

  test.each(['./shared', 'shared/data', 'a/../b', '..data', 'a~'])(
    'accepts the folder %j of the project',
    (directory) => {
      expect(said(directory)).toEqual([]);
    },
  );

  test('leaves the socket of an engine to a rule of its own, and volumes that are no folder alone', () => {
    expect(said('/var/run/docker.sock')).toEqual([]);
    expect(messages(mountHostPath, (box) => Volume.persistent(box, 'data', { size }))).toEqual([]);
  });
});
