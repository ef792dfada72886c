import { compareText } from './order';
import { ImageFactsPlan, ImagePlan } from './plan';
import { Image, ImageFacts } from '../model/image';
import { Pin } from '../model/pin';
import { User } from '../model/user';

/** An image that a pin names takes its reference from the pin; one that no inventory knows keeps an empty reference, for the rules. */
export function resolveImage(image: Image, pins: ReadonlyMap<string, Pin>): ImagePlan {
  const spec = image._spec;
  const facts = resolveFacts(image._facts);
  switch (spec.kind) {
    case 'registry':
      return { origin: 'registry', repository: spec.repository, tag: spec.tag, digest: spec.digest, facts };
    case 'pin': {
      const pinned = pins.get(spec.component)?.image;
      return { origin: 'registry', repository: pinned?.repository ?? '', tag: pinned?.tag, digest: pinned?.digest, component: spec.component, facts };
    }
    case 'build': {
      const args = Object.entries(spec.args).map(([name, value]) => ({ name, value })).sort((a, b) => compareText(a.name, b.name));
      return { origin: 'build', repository: spec.repository, tag: spec.tag, build: { context: spec.context, dockerfile: spec.dockerfile, args }, facts };
    }
  }
}

function resolveFacts(facts: ImageFacts): ImageFactsPlan {
  const user = facts.user ?? User.ROOT;
  return {
    user: { uid: user.uid, gid: user.gid },
    writablePaths: [...facts.writablePaths ?? []].sort(compareText),
    healthTools: [...facts.healthTools ?? []].sort(compareText),
    downloadsAtStart: facts.downloadsAtStart ?? false,
    rootReason: facts.rootReason,
  };
}
