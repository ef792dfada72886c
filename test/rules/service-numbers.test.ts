import { aService, messages } from './support';
import { Accelerator, Cpu, Duration, Mount, Size, User, Volume } from '../../src/core';
import { serviceNumbers } from '../../src/rules/service-numbers';

describe('rule service-numbers', () => {
  test('fails for counts, sizes and times that no engine accepts', () => {
    const said = (props: object) => messages(serviceNumbers, (box) => aService(box, 'a', props));
    expect(said({ stopGrace: Duration.seconds(-1) })).toEqual(['The time to stop in seconds is -1.']);
    expect(said({ resources: { cpu: Cpu.cores(0), memory: Size.mebibytes(-5) } })).toHaveLength(2);
    expect(said({ resources: { cpu: Cpu.cores(1), cpuRequest: Cpu.cores(2), memory: Size.mebibytes(5) } })).toEqual(['The request of processor time (2000) is above its limit (1000).']);
    expect(said({ accelerator: Accelerator.nvidia(0) })).toEqual(['The number of GPUs is 0.']);
    expect(said({ user: User.of(-1) })).toHaveLength(2);
    expect(said({ capabilities: ['CAP_NET_ADMIN', 'ALL', 'net'] })).toHaveLength(3);
    expect(said({ mounts: [Mount.scratch('/a', { size: Size.kibibytes(1) })] })).toHaveLength(1);
    expect(messages(serviceNumbers, (box) => Volume.persistent(box, 'data', { size: Size.gibibytes(0) }))).toHaveLength(1);
  });

  test('accepts sensible numbers', () => {
    expect(messages(serviceNumbers, (box) => aService(box, 'a', { accelerator: Accelerator.allNvidia(), capabilities: ['NET_BIND_SERVICE'] }))).toEqual([]);
  });
});
