import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Ignore } from '@balena/dockerignore';
import { contentDigest, Filter, KnownHashes } from './content-digest';
import { isOutside } from '../project-path';
import { BuildPlan } from '../service-plan';

type Build = Pick<BuildPlan, 'context' | 'dockerfile'>;

/** Digests of build contexts, each worked out once. */
export class BuildContexts {
  private readonly digests = new Map<string, string | undefined>();
  private readonly hashes: KnownHashes = new Map();

  /** @param root the project's folder. */
  constructor(private readonly root: string) {}

  /** Undefined when the context is not there, lies outside the project, or is too large. */
  public digestOf(build: Build): string | undefined {
    const key = JSON.stringify([build.context, build.dockerfile]);
    if (!this.digests.has(key)) {
      this.digests.set(key, buildContextDigest(this.root, build, this.hashes));
    }
    return this.digests.get(key);
  }
}

/** Digest of what a builder is sent: the files of the context that its ignore file lets through, and the Dockerfile. */
function buildContextDigest(root: string, { context, dockerfile }: Build, hashes: KnownHashes): string | undefined {
  if (isOutside(context)) {
    return undefined;
  }
  const folder = join(root, context);
  const ignoreFile = [`${dockerfile}.dockerignore`, '.dockerignore'].map((name) => join(folder, name)).find((file) => existsSync(file));
  const filter = ignoreFile === undefined ? undefined : filterOf(readFileSync(ignoreFile, 'utf8'), posix.normalize(dockerfile));
  return contentDigest(folder, filter, hashes);
}

function filterOf(text: string, dockerfile: string): Filter {
  const lines = text.split(/\r?\n/);
  const ignore = load().add(lines);
  const [patterns, exceptions] = [lines, lines.filter((line) => line.startsWith('!'))].map((some) => some.map(patternOf));
  const deepest = Math.max(...[...patterns, dockerfile].map(depthOf));
  return {
    takes: (file) => file === dockerfile || !ignore.ignores(file),
    below: (folder) => {
      const isIgnored = ignore.ignores(folder);
      // what a pattern decides about a folder holds for all below it, unless another pattern goes deeper
      if (depthOf(folder) >= deepest) return isIgnored ? 'none' : 'all';
      // as the builder does: an ignored folder is only entered for an exception that may lie in it
      return !isIgnored || [...exceptions, dockerfile].some((one) => mayLieIn(one, folder)) ? 'ask' : 'none';
    },
  };
}

function patternOf(line: string): string {
  return posix.normalize(line.replace(/^!/, '').trim()).replace(/^\//, '');
}

function depthOf(path: string): number {
  return path.includes('**') ? Infinity : path.split('/').length;
}

function mayLieIn(exception: string, folder: string): boolean {
  const literal = exception.split(/[*?[\\]/, 1)[0];
  return literal === exception ? exception.startsWith(`${folder}/`) : literal.startsWith(`${folder}/`) || `${folder}/`.startsWith(literal);
}

function load(): Ignore {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only a context with an ignore file needs it
  return (require('@balena/dockerignore') as typeof import('@balena/dockerignore')).default();
}
