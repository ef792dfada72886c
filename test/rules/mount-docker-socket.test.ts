import { aService, aToolbox, messages } from './support';
import { Mount, Place, Severity, Size, Testing, Volume, Waiver } from '../../src/core';
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

  test('reports a mount of the socket once', () => {
    expect(messages(mountDockerSocket, (box) => aService(box, 'a', {
      mounts: [Mount.hostPath('/var/run/docker.sock', '/var/run/docker.sock')],
    }))).toEqual(['"/var/run/docker.sock" is the socket of a container engine.']);
  });

  test('a waiver lets it through, and must keep the architecture from being approved', () => {
    const rules = (blocksApproval?: boolean): string[] => {
      const box = aToolbox();
      const service = aService(box, 'a', {
        mounts: [Mount.hostPath('/var/run/docker.sock', '/var/run/docker.sock')],
        places: [Place.WORKSTATION],
      });
      new Waiver(service, 'socket', {
        rule: 'mount-docker-socket',
        reason: 'It starts the containers of tools.',
        blocksApproval,
      });
      const { findings, files } = Testing.synth(box);
      const errors = findings.filter(({ severity, waived }) => severity === Severity.ERROR && waived === undefined);
      return errors.length > 0
        ? errors.map(({ rule, message }) => `${rule}: ${message}`)
        : [files['docs/STATUS.md'].includes('mount-docker-socket') ? 'on the status page' : 'not told'];
    };
    expect(rules()).toEqual(['waiver: A waiver of the rule "mount-docker-socket" must block the approval.']);
    expect(rules(true)).toEqual(['on the status page']);
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
