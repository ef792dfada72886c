import { aService, messages } from './support';
import { Mount, Size, Volume } from '../../src/core';
import { mountDockerSocket } from '../../src/rules/mount-docker-socket';

const size = Size.gibibytes(1);

describe('rule mount-docker-socket', () => {
  test.each([
    '/var/run/docker.sock',
    '/run/docker.sock',
    '/run/podman/podman.sock',
    '/run/containerd/containerd.sock',
    '/run/crio/crio.sock',
    '//var/run/docker.sock',
    'docker.sock',
    '\\run\\docker.sock',
  ])('fails for the socket %j of the host', (directory) => {
    expect(messages(mountDockerSocket, (box) => Volume.hostDirectory(box, 'data', { directory, size }))).toEqual([
      `${JSON.stringify(directory)} is the socket of a container engine.`,
    ]);
  });

  test('fails for a mount where programs look for the socket', () => {
    expect(
      messages(mountDockerSocket, (box) =>
        aService(box, 'a', {
          mounts: [
            Mount.volume(Volume.hostDirectory(box, 'd', { directory: './x', size }), '/var/run/docker.sock'),
            Mount.scratch('/tmp'),
          ],
        }),
      ),
    ).toEqual(['The mount "/var/run/docker.sock" is the socket of a container engine.']);
  });

  test('accepts other files, and volumes that are no folder', () => {
    expect(messages(mountDockerSocket, (box) => {
      ['./docker.sock.d', './mydocker.sock'].forEach((directory, index) =>
        Volume.hostDirectory(box, `v${index}`, { directory, size }),
      );
      Volume.persistent(box, 'data', { size });
    })).toEqual([]);
  });
});
