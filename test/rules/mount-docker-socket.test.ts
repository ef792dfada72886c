import { aService, messages } from './support';
import { Mount, Size, Volume } from '../../src/core';
import { mountDockerSocket } from '../../src/rules/mount-docker-socket';

describe('rule mount-docker-socket', () => {
  test('fails for the socket of an engine, on the host or in the container', () => {
    for (const directory of ['/var/run/docker.sock', '/run/docker.sock', '/run/podman/podman.sock', '/run/containerd/containerd.sock', '//var/run/docker.sock']) {
      expect(messages(mountDockerSocket, (box) => Volume.hostDirectory(box, 'data', { directory, size: Size.gibibytes(1) }))).toHaveLength(1);
    }
    expect(messages(mountDockerSocket, (box) => aService(box, 'a', { mounts: [Mount.volume(Volume.hostDirectory(box, 'd', { directory: './x', size: Size.gibibytes(1) }), '/var/run/docker.sock')] }))).toHaveLength(1);
  });

  test('accepts other files', () => {
    expect(messages(mountDockerSocket, (box) => Volume.hostDirectory(box, 'data', { directory: './docker.sock.d', size: Size.gibibytes(1) }))).toEqual([]);
  });
});
