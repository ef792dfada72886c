import { startLine } from './compose-file';
import { containersOf } from './containers';
import { ServicePlan } from '../../plan/plan';
import { Examination, Result } from '../examination';

export type SharedNetwork =
  | { readonly kind: 'network'; readonly network: string }
  /** No shared network, with the reason and the fix. */
  | ({ readonly kind: 'none' } & Pick<Result, 'found' | 'fix'>);

/** Finds the network on which a service reaches another running service. */
export async function networkBetween(
  examination: Examination,
  { name, attachments }: ServicePlan,
  target: string,
): Promise<SharedNetwork> {
  const answer = await containersOf(examination);
  if (answer.kind === 'none') {
    return { kind: 'none', found: answer.reason };
  }
  const container = answer.containers.find(({ service }) => service === target);
  if (container === undefined) {
    const fix = `Start it: ${await startLine(examination, target)}`;
    return { kind: 'none', found: `${target} is not started`, fix };
  }
  if (container.status !== 'running') {
    return { kind: 'none', found: `${target} is ${container.status}` };
  }
  // Compose prefixes the project name and an underscore
  const network = container.networks.find((one) =>
    attachments.some((attachment) => one === attachment.network || one.endsWith(`_${attachment.network}`)),
  );
  return network === undefined
    ? { kind: 'none', found: `${target} shares no network with ${name}` }
    : { kind: 'network', network };
}
