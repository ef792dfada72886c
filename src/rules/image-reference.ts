import { imageText } from './private/image-text';
import { Rule } from './rule';
import { ImagePlan } from '../plan/plan';

/** As distribution's reference grammar: lower-case path components, an optional registry in front. */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REGISTRY =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]{1,5})?/)?';
const REPOSITORY = new RegExp(`^${REGISTRY}${COMPONENT}(?:/${COMPONENT})*$`);
/** As registries have it, the name of the registry included. */
const LONGEST = 255;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export const imageReference: Rule = {
  id: 'image-reference',
  severity: 'error',
  title: "An image reference follows the registries' grammar and holds no credentials",
  fix: 'Write repository, tag and digest apart: "ollama/ollama", "0.12.3", "sha256:" and 64 lower-case hexadecimal digits.',
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
