import { posix } from 'node:path';
import { isPolicy, readPolicy } from './read-policy';
import { parseJson, Unreadable } from '../parse';
import { Reading } from '../reading';
import { Subject } from '../subject';

/**
 * Reads a file of a service as the manifest of a gateway. False when it is something else, or when another version of
 * it cannot be read: what is compared with nothing would all look new.
 */
export function readPolicyFile(
  { subjects, unread, data, illegible }: Reading,
  service: Subject,
  path: string,
  content: string,
): boolean {
  const name = `${service.name} ${posix.basename(path)}`;
  if (!path.endsWith('.json') || illegible.has(name)) {
    return false;
  }
  try {
    const value = parseJson(content);
    if (!isPolicy(value)) {
      return false;
    }
    data.push(value);
    readPolicy(subjects, service, value);
    return true;
  } catch (error) {
    if (!(error instanceof Unreadable)) {
      throw error;
    }
    unread.push({ path, reason: error.message });
    illegible.add(name);
    return false;
  }
}
