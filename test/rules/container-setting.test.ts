import { aService, messages } from './support';
import { ContainerOptions, Port, ServiceProps, Size } from '../../src/core';
import { containerSetting } from '../../src/rules/container-setting';

const GOOD: readonly ContainerOptions[] = [
  { containerName: 'My_web.1' },
  { platform: 'linux/arm64/v8' },
  { pullPolicy: 'every_1d12h' },
  { stopSignal: 'SIGRTMIN+3' },
  { ulimits: { memlock: { soft: -1, hard: -1 }, nofile: { soft: 1, hard: 2 } } },
  { sysctls: { 'net.ipv4.conf.all.src_valid_mark': '1' } },
  { devices: ['/dev/net/tun', '/dev/a:/dev/b:rwm', 'nvidia.com/gpu=all'] },
  { groupAdd: ['video', '44'] },
  { dns: ['1.1.1.1', '::1'], dnsSearch: ['.', 'example.org'], dnsOpt: ['ndots:2', 'use-vc'] },
  { pid: 'service:other', ipc: 'shareable', uts: 'host', usernsMode: 'host', cgroup: 'private' },
];

const BAD: readonly (readonly [Partial<ServiceProps>, string])[] = [
  [{ containerName: '-x' }, '"-x" is no valid value of containerName.'],
  [{ labels: { 'com.docker.compose.project': 'x' } }, '"com.docker.compose.project" is no valid value of labels.'],
  [{ platform: 'Linux' }, '"Linux" is no valid value of platform.'],
  [{ pullPolicy: 'sometimes' }, '"sometimes" is no valid value of pullPolicy.'],
  [{ stopSignal: 'sigint' }, '"sigint" is no valid value of stopSignal.'],
  [{ shmSize: Size.mebibytes(0.5) }, '0.5 is no valid value of shmSize.'],
  [{ ulimits: { nofile: { soft: 2, hard: 1 } } }, '"nofile: 2, 1" is no valid value of ulimits.'],
  [{ sysctls: { 'a b': '1' } }, '"a b" is no valid value of sysctls.'],
  [{ devices: ['/dev/a:/b:c:d'] }, '"/dev/a:/b:c:d" is no valid value of devices.'],
  [{ dns: ['example.org'] }, '"example.org" is no valid value of dns.'],
  [{ macAddress: '02:42' }, '"02:42" is no valid value of macAddress.'],
  [{ pid: 'x' }, '"x" is no valid value of pid.'],
  [{ oomScoreAdj: 1001 }, '1001 is no valid value of oomScoreAdj.'],
  [{ cpuset: 'all' }, '"all" is no valid value of cpuset.'],
  [{ scale: -1 }, '-1 is no valid value of scale.'],
  [{ preStop: [{ command: [] }] }, '"a hook without a command" is no valid value of preStop.'],
  [{ securityOpt: ['no-new-privilege'] }, '"no-new-privilege" is no valid value of securityOpt.'],
  [{ scale: 2, containerName: 'web' }, '2 containers cannot have the one name "web".'],
  [{ scale: 2, ports: [Port.loopback(80)] }, '2 containers cannot have the one port 80 of the host.'],
];

describe('rule container-setting', () => {
  test.each(GOOD)('accepts %j', (options) => {
    expect(messages(containerSetting, (box) => aService(box, 'a', options))).toEqual([]);
  });

  test.each(BAD)('fails for %j', (props, message) => {
    expect(messages(containerSetting, (box) => aService(box, 'a', props))).toEqual([message]);
  });

  test('fails for a container name that two services have', () => {
    expect(messages(containerSetting, (box) => {
      aService(box, 'a', { containerName: 'x' });
      aService(box, 'b', { containerName: 'x' });
    })).toEqual(['The container name "x" is already used by box/a.']);
  });
});
