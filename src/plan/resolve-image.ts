import { compareText, sortedBy } from './collections';
import { BuildContexts } from './fingerprint/build-context';
import { imageReference } from './image-reference';
import { ImageFactsPlan, ImagePlan } from './plan';
import { Image, ImageFacts } from '../model/image';
import { Pin } from '../model/pin';
import { User } from '../model/user';

/**
 * An image that a pin names takes its reference from the pin; one that no inventory knows keeps an empty reference, for
 * the rules.
 */
export function resolveImage(image: Image, pins: ReadonlyMap<string, Pin>, contexts: BuildContexts): ImagePlan {
  const spec = image._spec;
  const facts = resolveFacts(image._facts);
  switch (spec.kind) {
    case 'registry':
      return { origin: 'registry', repository: spec.repository, tag: spec.tag, digest: spec.digest, facts };
    case 'pin': {
      const pinned = pins.get(spec.component)?.image;
      return {
        origin: 'registry',
        repository: pinned?.repository ?? '',
        tag: pinned?.tag,
        digest: pinned?.digest,
        component: spec.component,
        facts,
      };
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
        facts,
      };
    }
  }
}

function resolveFacts(facts: ImageFacts): ImageFactsPlan {
  const user = facts.user ?? (facts.rootReason === undefined ? undefined : User.ROOT);
  return {
    user: user && { uid: user.uid, gid: user.gid },
    writablePaths: [...facts.writablePaths ?? []].sort(compareText),
    healthTools: [...facts.healthTools ?? []].sort(compareText),
    downloadsAtStart: facts.downloadsAtStart ?? false,
    rootReason: facts.rootReason,
  };
}
