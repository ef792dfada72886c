import { aNumber, aText, instanceOf, listOf, objectOf, optional } from '../../model/fields';
import type { ToolClient, ToolConcurrency } from '../tool-policy';

export const toolClients = listOf(
  objectOf<ToolClient>({ name: aText, token: instanceOf('Secret'), callsPerMinute: optional(aNumber) }),
);

export const toolConcurrency = objectOf<ToolConcurrency>({
  fileCalls: optional(aNumber),
  commandCalls: optional(aNumber),
  imageCalls: optional(aNumber),
  waitingCalls: optional(aNumber),
});
