import { canonicalDigest } from '../../plan/fingerprint/parts';
import { kubernetesName } from '../../plan/kubernetes-name';
import type { VolumePlan } from '../../plan/plan';

/** Longest label, and so longest name of most objects. */
const LABEL_LENGTH = 63;

/** A StatefulSet's name and eleven characters make a label of its pods. */
export const STATEFUL_SET_NAME_LENGTH = LABEL_LENGTH - 11;

/** First digits of the digest of plain data. */
export function contentHash(content: unknown): string {
  return shortHash(canonicalDigest(content));
}

/** First digits of a digest, for a name. */
export function shortHash(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 10);
}

/** `base` and `ending` with a dash, cut so that it fits a label and stays unique. */
export function withEnding(base: string, ending: string): string {
  return `${fitting(base, LABEL_LENGTH - ending.length - 1)}-${ending}`;
}

/** Name of the claim of a volume: the name that it has on an engine, if that is said. */
export function claimName({ name, engine }: Pick<VolumePlan, 'name' | 'engine'>): string {
  return kubernetesName(engine?.name ?? name);
}

/** A DNS label made of any text; different texts give different names. */
export function labelFrom(prefix: string, text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const unchanged = plain === text || `/${plain}` === text;
  const name = unchanged ? plain : [plain, contentHash(text)].filter((part) => part !== '').join('-');
  return fitting(`${prefix}-${name}`, LABEL_LENGTH);
}

function fitting(name: string, length: number): string {
  return name.length <= length ? name : `${name.slice(0, length - 11).replace(/-+$/, '')}-${contentHash(name)}`;
}
