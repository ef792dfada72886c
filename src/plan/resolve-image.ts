import { compareText, sortedBy } from './collections';
import { BuildContexts } from './fingerprint/build-context';
import { imageReference } from './image-reference';
import { ImageFactsPlan, ImagePlan, ImageUserPlan, UserPlan } from './plan';
import { findImageFacts, ImageFactsEntry } from '../inventory/image-facts';
import { Image, ImageFacts } from '../model/image';
import { Pin } from '../model/pin';
import { User } from '../model/user';

/** Inputs for resolving an image. */
export interface ImageSurroundings {
  readonly pins: ReadonlyMap<string, Pin>;
  readonly contexts: BuildContexts;
  /** Returns a text with the defaults of parameters in place. */
  withDefaults(text: string): string;
}

/**
 * Resolves an image. One that a pin names takes its reference from the pin; one that no inventory knows keeps an empty
 * reference, for the rules.
 */
export function resolveImage(image: Image, surroundings: ImageSurroundings): ImagePlan {
  const { pins, contexts } = surroundings;
  const spec = image._spec;
  switch (spec.kind) {
    case 'registry': {
      const { repository, tag, digest } = spec;
      const known = knownFacts({ origin: 'registry', repository, tag }, surroundings);
      return { origin: 'registry', repository, tag, digest, facts: resolveFacts(image._facts, known) };
    }
    case 'pin': {
      const { repository = '', tag, digest } = pins.get(spec.component)?.image ?? {};
      const known = knownFacts({ origin: 'registry', repository, tag, component: spec.component }, surroundings);
      const facts = resolveFacts(image._facts, known);
      return { origin: 'registry', repository, tag, digest, component: spec.component, facts };
    }
    case 'build': {
      const { context, dockerfile, repository, tag, baseImages } = spec;
      const bases = Object.entries(baseImages).map(([name, component]) => ({
        name,
        value: imageReference(pins.get(component)?.image ?? {}),
      }));
      const args = sortedBy(
        [...Object.entries(spec.args).map(([name, value]) => ({ name, value })), ...bases],
        ({ name }) => name,
      );
      const baseComponents = [...new Set(Object.values(baseImages))].sort(compareText);
      return {
        origin: 'build',
        repository,
        tag,
        build: { context, dockerfile, args, baseComponents, contextDigest: contexts.digestOf({ context, dockerfile }) },
        facts: resolveFacts(image._facts),
      };
    }
  }
}

/** Facts of an image that are not in the model. */
export type KnownFacts = Partial<
  Pick<ImageFactsEntry, 'user' | 'writablePaths' | 'healthTools' | 'healthCheck'>
>;

/** Returns what is known of an image that a registry has: facts that its pin records come before the list. */
export function knownFacts(
  { origin, repository, tag, component }: Pick<ImagePlan, 'origin' | 'repository' | 'tag' | 'component'>,
  { pins, withDefaults }: ImageSurroundings,
): KnownFacts {
  if (origin === 'build') {
    return {};
  }
  const listed = findImageFacts(withDefaults(repository), tag && withDefaults(tag)) ?? {};
  const recorded = pins.get(component ?? '')?.image?.facts;
  return recorded === undefined ? listed : {
    ...listed,
    user: bestUser(recorded.user, (listed as KnownFacts).user),
    healthCheck: recorded.healthCheck ?? (listed as KnownFacts).healthCheck,
  };
}

/** A pin records what the image has, which may be a name; the list has its number. */
function bestUser(recorded: string | undefined, listed: string | undefined): string | undefined {
  const isName = recorded !== undefined && parseImageUser(recorded).uid === undefined;
  return isName ? listed ?? recorded : recorded ?? listed;
}

/** Facts of the model come first, each by itself. */
function resolveFacts(facts: ImageFacts, known: KnownFacts = {}): ImageFactsPlan {
  return {
    user: statedUser(facts) ?? (known.user === undefined ? undefined : parseImageUser(known.user)),
    writablePaths: [...facts.writablePaths ?? known.writablePaths ?? []].sort(compareText),
    healthTools: [...facts.healthTools ?? known.healthTools ?? []].sort(compareText),
    downloadsAtStart: facts.downloadsAtStart ?? false,
    rootReason: facts.rootReason,
  };
}

/** Returns the user that the model says of an image. */
export function statedUser({ user, rootReason }: ImageFacts): UserPlan | undefined {
  const stated = user ?? (rootReason === undefined ? undefined : User.ROOT);
  return stated && { uid: stated.uid, gid: stated.gid };
}

/** Reads `1000`, `1000:0`, `node`, or nothing, which is root. */
export function parseImageUser(text: string): ImageUserPlan {
  const [user, group] = text.split(':');
  const gid = /^\d{1,9}$/.test(group ?? '') ? Number(group) : undefined;
  if (user === '' || user === 'root') {
    return { uid: 0, gid: gid ?? 0 };
  }
  return /^\d{1,9}$/.test(user) ? { uid: Number(user), gid } : { name: text };
}
