import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { Draft } from './draft';
import { idOf } from './names';
import { parseTemplate, splitOutside } from '../compose/template';
import { withDefaults } from '../compose/with-defaults';
import { call, Expression, object, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

const REFERENCE = /^[a-z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/i;

/** `build`, `image`: an image that is built, one that the inventory pins, or one whose reference is a parameter. */
export function imageOf(service: Source, draft: Draft): Expression {
  const build = service.get('build');
  const image = service.get('image');
  return build !== undefined && isBuildable(build, draft.root)
    ? builtImage(build, image, service, draft)
    : registryImage(image, service, draft);
}

function registryImage(image: Source | undefined, service: Source, draft: Draft): Expression {
  const reference = image?.text ?? `${draft.project}-${service.key}:latest`;
  const { repository, tag = 'latest', digest } = splitReference(reference);
  const filled = withDefaults(reference);
  if (/^\$\{?\w+:?-/.test(repository) || !REFERENCE.test(filled)) {
    // the whole reference is a parameter, or nothing without its variables: Compose gets it as an override
    return pinnedImage(splitReference(REFERENCE.test(filled) ? filled : `unknown/${idOf(service.key)}:unknown`), draft);
  }
  if (parseTemplate(reference)?.some((part) => typeof part !== 'string') ?? true) {
    image?.use('Image.fromRegistry with parameters', Outcome.SAID);
    return call('Image', 'fromRegistry', draft.text(repository, service.place), object({
      tag: draft.text(tag, service.place),
      digest: digest === undefined ? undefined : draft.text(digest, service.place),
    }));
  }
  image?.use('Image.fromPin, with the version in inventories/versions.yaml', Outcome.SAID);
  return pinnedImage({ repository, tag, digest }, draft);
}

function pinnedImage({ repository, tag = 'latest', digest }: Reference, draft: Draft): Expression {
  const pin = [...draft.pins.values()]
    .find((one) => one.repository === repository && one.tag === tag && one.digest === digest);
  const component = pin?.component ?? freeComponent(repository, tag, draft);
  draft.pins.set(component, { component, repository, tag, digest });
  return call('Image', 'fromPin', value(component));
}

/** The model takes a context in the project, with its Dockerfile. */
function isBuildable(build: Source, root: string): boolean {
  const context = build.get('context')?.text ?? '.';
  const file = posix.join(context, build.get('dockerfile')?.text ?? 'Dockerfile');
  return !/[$~:]/.test(file) && !isOutside(context) && !isOutside(file) && existsSync(resolve(root, file));
}

function isOutside(path: string): boolean {
  return posix.isAbsolute(path) || posix.normalize(path).startsWith('..');
}

function freeComponent(repository: string, tag: string, draft: Draft): string {
  const plain = idOf(repository.split('/').at(-1) ?? repository);
  const start = /^[a-z]/.test(plain) ? plain : `image-${plain}`;
  const candidates = [start, idOf(`${start}-${tag}`), idOf(repository)];
  return candidates.find((one) => !draft.pins.has(one)) ?? `${start}-${draft.pins.size}`;
}

interface Reference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits `host:port/name:tag@digest`. */
export function splitReference(reference: string): Reference {
  const [name, ...digests] = splitOutside(reference, '@');
  const pieces = splitOutside(name, ':');
  const last = pieces.at(-1) ?? '';
  const hasTag = pieces.length > 1 && !last.includes('/');
  return {
    repository: hasTag ? pieces.slice(0, -1).join(':') : name,
    ...hasTag ? { tag: last } : {},
    ...digests.length > 0 ? { digest: digests.join('@') } : {},
  };
}

function builtImage(build: Source, image: Source | undefined, service: Source, draft: Draft): Expression {
  const { repository, tag } = splitReference(image?.text ?? `${draft.project}-${service.key}`);
  const context = build.get('context');
  const dockerfile = build.get('dockerfile');
  const args = build.get('args');
  image?.use('name of the built image');
  context?.use('Image.fromBuild');
  dockerfile?.use('dockerfile');
  args?.use('args');
  return call(
    'Image',
    'fromBuild',
    draft.text(context?.text ?? '.', service.place),
    object({
      repository: draft.text(repository, service.place),
      tag: draft.text(tag ?? 'latest', service.place),
      dockerfile: dockerfile?.text === undefined ? undefined : draft.text(dockerfile.text, service.place),
      args:
        args === undefined || args.entries.length === 0
          ? undefined
          : object(
            Object.fromEntries(
              args.entries.map(([key, one]) => [key, draft.text(one.text ?? `\${${key}}`, one.place)]),
            ),
          ),
    }),
  );
}
