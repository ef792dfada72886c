import { posix } from 'node:path';
import { addPolicy, isPolicy } from './policy-entries';
import { MountFact } from '../../plan/target-facts';
import { parseJson, Unreadable } from '../../targets/parse-text';
import { Unread } from '../change';
import { Subject, Subjects } from '../subject';

/** The gateways' manifests while both versions of a target are compared. */
export interface GatewayPolicies {
  readonly unread: Unread[];
  /** Those that one of the versions has in a form that cannot be read: `SERVICE FILE`. */
  readonly unreadable: Set<string>;
  /** All that was parsed. */
  readonly parsed: unknown[];
}

/**
 * Adds the entries of a file if it is the manifest of a gateway. Returns false when it is not, or when one of the two
 * versions cannot be read: compared with nothing, everything would look new.
 */
export function addPolicyFile(
  subjects: Subjects,
  service: Subject,
  { file, place, content }: MountFact & { readonly kind: 'file' },
  { unread, unreadable, parsed }: GatewayPolicies,
): boolean {
  const name = `${service.name} ${posix.basename(file)}`;
  if (!file.endsWith('.json') || unreadable.has(name)) { return false; }
  try {
    const value = parseJson(content);
    if (!isPolicy(value)) { return false; }
    parsed.push(value);
    addPolicy(subjects, service, value);
    return true;
  } catch (error) {
    if (!(error instanceof Unreadable)) { throw error; }
    unread.push({ path: place, reason: error.message });
    unreadable.add(name);
    return false;
  }
}
