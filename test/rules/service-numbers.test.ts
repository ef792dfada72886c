import { aService, messages } from './support';
import { Accelerator, Cpu, Duration, HealthCheck, Mount, Size, User, Volume } from '../../src/core';
import { judge } from '../../src/rules';
import { serviceNumbers } from '../../src/rules/service-numbers';
import { aPlan, aService as aServicePlan } from '../plan/plan-builder';

const [cpu, memory] = [Cpu.cores(1), Size.mebibytes(64)];

function said(props: object): string[] {
  return messages(serviceNumbers, (box) => aService(box, 'a', props));
}

describe('rule service-numbers', () => {
  test.each<[string[], object]>([
    [
      ['The CPU limit in millicores is 0.', 'The memory limit in MiB is -5.'],
      { resources: { cpu: Cpu.cores(0), memory: Size.mebibytes(-5) } },
    ],
    [['The process limit is 0.'], { resources: { cpu, memory, pids: 0 } }],
    [
      ['The scratch storage limit in MiB is 0.'],
      { resources: { cpu, memory, ephemeralStorage: Size.mebibytes(0) } },
    ],
    [
      ['The CPU request (2000) is above its limit (1000).'],
      { resources: { cpu, memory, cpuRequest: Cpu.cores(2) } },
    ],
    [
      ['The memory request (65) is above its limit (64).'],
      { resources: { cpu, memory, memoryRequest: Size.mebibytes(65) } },
    ],
    [
      ['The CPU request is 0.', 'The memory request is 0.'],
      { resources: { cpu, memory, cpuRequest: Cpu.cores(0), memoryRequest: Size.mebibytes(0) } },
    ],
    [['The number of GPUs is 0.'], { accelerator: Accelerator.nvidia(0) }],
    [['The number of GPUs is 2.'], { accelerator: Accelerator.nvidia('2' as unknown as number) }],
    [
      ['-1 is not a valid user or group id.', '2147483648 is not a valid user or group id.'],
      { user: User.of(-1, 2 ** 31) },
    ],
    [
      [

        '"CAP_NET_ADMIN" is not a capability name without the prefix CAP_.',
        '"net" is not a capability name without the prefix CAP_.',
      ],
      { capabilities: ['CAP_NET_ADMIN', 'ALL', 'net'] },
    ],
    [
      ['The interval of the health check in seconds is 2592001.'],
      { healthCheck: HealthCheck.tcp(80, { interval: Duration.seconds(2_592_001) }) },
    ],
    [
      ['The timeout of the health check in seconds is 0.'],
      { healthCheck: HealthCheck.tcp(80, { timeout: Duration.seconds(0) }) },
    ],
    [['The number of retries of the health check is 501.'], { healthCheck: HealthCheck.tcp(80, { retries: 501 }) }],
    [
      ['The start period of the health check in seconds is -1.'],
      { healthCheck: HealthCheck.tcp(80, { startPeriod: Duration.seconds(-1) }) },
    ],
    [['The stop grace period in seconds is -1.'], { stopGrace: Duration.seconds(-1) }],
    [
      ['The number of log files is 0.', 'The size of a log file in MiB is 0.'],
      { logRotation: { maxSize: Size.mebibytes(0), maxFiles: 0 } },
    ],
    [['The size of /a in MiB is 0.0009765625.'], { mounts: [Mount.scratch('/a', { size: Size.kibibytes(1) })] }],
  ])('fails for what no engine accepts: %j', (expected, props) => {
    expect(said(props)).toEqual(expected);
  });

  test('fails for a volume without room', () => {
    expect(messages(serviceNumbers, (box) => Volume.persistent(box, 'data', { size: Size.gibibytes(0) }))).toEqual([
      'The size is 0 MiB.',
    ]);
  });

  test.each([NaN, Infinity, 1.5, 1e21, 2 ** 31])('fails for %p wherever a number stands', (number) => {
    for (const props of [
      { resources: { cpu: Cpu.millis(number), memory } },
      { resources: { cpu, memory: Size.mebibytes(number) } },
      { resources: { cpu, memory, pids: number } },
      { accelerator: Accelerator.nvidia(number) },
      { stopGrace: Duration.seconds(number) },
      { mounts: [Mount.scratch('/a', { size: Size.mebibytes(number) })] },
      { healthCheck: HealthCheck.tcp(80, { interval: Duration.seconds(number) }) },
      { healthCheck: HealthCheck.tcp(80, { startPeriod: Duration.seconds(number) }) },
      { healthCheck: HealthCheck.tcp(80, { retries: number }) },
      { logRotation: { maxSize: memory, maxFiles: number } },
    ]) {
      expect(said(props)).toEqual([expect.stringContaining(String(number))]);
    }
    const requests = { cpu, memory, cpuRequest: Cpu.millis(number), memoryRequest: Size.mebibytes(number) };
    expect(said({ resources: requests }).length).toBeGreaterThanOrEqual(2);
  });

  test('accepts sensible numbers', () => {
    expect(said({ accelerator: Accelerator.allNvidia(), capabilities: ['NET_BIND_SERVICE'] })).toEqual([]);
  });

  test.each<[string, object]>([
    ['requests that are the limits', { resources: { cpu, memory, cpuRequest: cpu, memoryRequest: memory } }],
    ['the first and the last user', { user: User.of(0, 2 ** 31 - 1) }],
    [
      'a month, and as many tries as there may be',
      {
        healthCheck: HealthCheck.tcp(80, {
          interval: Duration.seconds(2_592_000),
          retries: 500,
          startPeriod: Duration.seconds(0),
        }),
      },
    ],
    ['neither limits nor a health check', { resources: undefined, healthCheck: undefined }],
  ])('accepts %s', (_, props) => {
    expect(said(props)).toEqual([]);
  });

  test('accepts a volume with room, and a limit without a request', () => {
    expect(
      messages(serviceNumbers, (box) =>
        aService(box, 'a', { mounts: [Mount.volume(Volume.persistent(box, 'data', { size: memory }), '/data')] }),
      ),
    ).toEqual([]);
    expect(
      judge(aPlan({ services: [aServicePlan({ resources: { cpuMillis: 1 } })] }), [serviceNumbers], () => undefined),
    ).toEqual([]);
  });
});
