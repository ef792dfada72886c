import { aNumber, instanceOf, objectOf, optional } from './fields';
import type { Resources } from './resources';

export const resources = objectOf<Resources>({
  cpu: instanceOf('Cpu'),
  cpuRequest: optional(instanceOf('Cpu')),
  memory: instanceOf('Size'),
  memoryRequest: optional(instanceOf('Size')),
  pids: optional(aNumber),
  ephemeralStorage: optional(instanceOf('Size')),
});
