import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rule } from './rule';
import { BuildPlan } from '../plan/plan';
import { isOutside } from '../plan/project-path';

export const buildContext: Rule = {
  id: 'build-context',
  severity: 'error',
  title:
    'Build contexts and Dockerfiles exist in the project and are of reasonable size',
  fix: 'Name an existing folder and Dockerfile in the project. Exclude unneeded files with .dockerignore.',
  waivable: false,
  facets: ['build'],
  check: ({ plan, root }) =>
    plan.services.flatMap(({ path: at, image }) =>
      problem(image.build, root).map((message) => ({ path: at, message })),
    ),
};

function problem(build: BuildPlan | undefined, root: string): string[] {
  if (build === undefined) {
    return [];
  }
  const dockerfile = path.posix.join(build.context, build.dockerfile);
  if (isOutside(dockerfile)) {
    return [
      `The Dockerfile ${JSON.stringify(dockerfile)} lies outside the project.`,
    ];
  }
  if (!isFile(path.join(root, dockerfile))) {
    return [`The Dockerfile ${JSON.stringify(dockerfile)} does not exist.`];
  }
  return build.contextDigest === undefined
    ? [
      `The build context ${JSON.stringify(build.context)} cannot be read, or exceeds 10,000 files or 256 MiB.`,
    ]
    : [];
}

/** Returns whether a path is a file. `existsSync` comes first since it never throws. */
function isFile(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isFile();
}
