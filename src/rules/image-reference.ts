import { imageText } from './private/secrets';
import { Rule } from './rule';
import { ImagePlan } from '../plan/plan';

/** Follows the reference grammar of distribution: an optional registry, then lower-case path components. */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REGISTRY =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]{1,5})?/)?';
const REPOSITORY = new RegExp(`^${REGISTRY}${COMPONENT}(?:/${COMPONENT})*$`);
/** The limit of registries, including the name of the registry. */
const LONGEST = 255;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export const imageReference: Rule = {
  id: 'image-reference',
  severity: 'error',
  title: 'Image references are valid and hold no credentials',
  fix: 'Set repository, tag and digest separately: "ollama/ollama", "0.12.3", "sha256:" plus 64 lower-case hex digits.',
  waivable: false,
  facets: ['image'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, image }) => problems(image).map((message) => ({ path, message }))),
};

function problems({ repository, tag, digest, component }: ImagePlan): string[] {
  if (repository === '' && component !== undefined) {
    return [];
  }
  return [
    ...(repository.length <= LONGEST && REPOSITORY.test(repository)
      ? []
      : [`${shown(repository)} is not a repository name.`]),
    ...(tag === undefined || TAG.test(tag) ? [] : [`${shown(tag)} is not a tag.`]),
    ...(digest === undefined || DIGEST.test(digest) ? [] : [`${shown(digest)} is not a sha256 digest.`]),
  ];
}

function shown(text: string): string {
  return JSON.stringify(imageText(text));
}
