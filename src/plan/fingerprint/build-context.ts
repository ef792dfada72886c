import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { contentDigest, KnownHashes } from './content-digest';
import { ignoreFilter } from './ignore-filter';
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
  const ignoreFile = [`${dockerfile}.dockerignore`, '.dockerignore']
    .map((name) => join(folder, name))
    .find((file) => existsSync(file));
  const filter =
    ignoreFile === undefined ? undefined : ignoreFilter(readFileSync(ignoreFile, 'utf8'), posix.normalize(dockerfile));
  return contentDigest(folder, filter, hashes);
}
