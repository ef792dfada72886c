import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rule } from './rule';
import { BuildPlan } from '../plan/plan';
import { isOutside } from '../plan/project-path';

export const buildContext: Rule = {
  id: 'build-context',
  severity: 'error',
  title:
    'The folder and the Dockerfile of an image that is built exist in the project, and hold no more than an image is made from',
  fix: "Create the folder with its Dockerfile, or name another one, relative to the project's folder; leave out with a .dockerignore what no image needs.",
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
      `The build context ${JSON.stringify(build.context)} with ${JSON.stringify(build.dockerfile)} lies outside the project.`,
    ];
  }
  if (!isFile(path.join(root, dockerfile))) {
    return [`There is no ${JSON.stringify(dockerfile)} to build from.`];
  }
  return build.contextDigest === undefined
    ? [
      `The build context ${JSON.stringify(build.context)} cannot be looked at: it has more than 10,000 files or 256 MiB, or something that may not be read.`,
    ]
    : [];
}

/** Unlike the second, the first question never fails, whatever the path is. */
function isFile(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isFile();
}
