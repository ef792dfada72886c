import { aNumber, aText, instanceOf, listOf, objectOf, optional } from './fields';
import type { Resources } from './resources';
import type { ToolClient, ToolConcurrency } from './tool-policy';

export const resources = objectOf<Resources>({
  cpu: instanceOf('Cpu'),
  cpuRequest: optional(instanceOf('Cpu')),
  memory: instanceOf('Size'),
  memoryRequest: optional(instanceOf('Size')),
  pids: optional(aNumber),
  ephemeralStorage: optional(instanceOf('Size')),
});

export const toolClients = listOf(
  objectOf<ToolClient>({ name: aText, token: instanceOf('Secret'), callsPerMinute: optional(aNumber) }),
);

export const toolConcurrency = objectOf<ToolConcurrency>({
  fileCalls: optional(aNumber),
  commandCalls: optional(aNumber),
  imageCalls: optional(aNumber),
  waitingCalls: optional(aNumber),
});
