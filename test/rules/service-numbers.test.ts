import { aService, messages } from './support';
import { Accelerator, Cpu, Duration, HealthCheck, Mount, Size, User, Volume } from '../../src/core';
import { serviceNumbers } from '../../src/rules/service-numbers';

describe('rule service-numbers', () => {
  test('fails for counts, sizes and times that no engine accepts', () => {
    const said = (props: object) => messages(serviceNumbers, (box) => aService(box, 'a', props));
    expect(said({ stopGrace: Duration.seconds(-1) })).toEqual(['The time to stop in seconds is -1.']);
    expect(said({ resources: { cpu: Cpu.cores(0), memory: Size.mebibytes(-5) } })).toHaveLength(2);
    expect(said({ resources: { cpu: Cpu.cores(1), cpuRequest: Cpu.cores(2), memory: Size.mebibytes(5) } })).toEqual(['The request of processor time (2000) is above its limit (1000).']);
    expect(said({ accelerator: Accelerator.nvidia(0) })).toEqual(['The number of GPUs is 0.']);
    expect(said({ accelerator: Accelerator.nvidia('2' as unknown as number) })).toEqual(['The number of GPUs is 2.']);
    expect(said({ user: User.of(-1) })).toHaveLength(2);
    expect(said({ capabilities: ['CAP_NET_ADMIN', 'ALL', 'net'] })).toHaveLength(3);
    expect(said({ mounts: [Mount.scratch('/a', { size: Size.kibibytes(1) })] })).toHaveLength(1);
    expect(messages(serviceNumbers, (box) => Volume.persistent(box, 'data', { size: Size.gibibytes(0) }))).toHaveLength(1);
  });

  test.each([NaN, Infinity, 1.5, 1e21, 2 ** 31])('fails for %p wherever a number stands', (number) => {
    const said = (props: object) => messages(serviceNumbers, (box) => aService(box, 'a', props));
    const [cpu, memory] = [Cpu.cores(1), Size.mebibytes(64)];
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
    expect(messages(serviceNumbers, (box) => aService(box, 'a', { accelerator: Accelerator.allNvidia(), capabilities: ['NET_BIND_SERVICE'] }))).toEqual([]);
  });
});
