import { ImagePlan } from './service-plan';

type Named = Partial<Pick<ImagePlan, 'repository' | 'tag' | 'digest'>>;

/** Returns the reference of an image, `repository:tag@digest`; the tag is for people, the digest pins it. */
export function imageReference({ digest, ...image }: Named): string {
  return digest === undefined ? imageName(image) : `${imageName(image)}@${digest}`;
}

/** Returns the reference of an image without its digest, `repository:tag`. */
export function imageName({ repository = '', tag }: Omit<Named, 'digest'>): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}
