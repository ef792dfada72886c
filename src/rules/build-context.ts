import * as fs from 'fs';
import * as path from 'path';
import { Rule } from './rule';
import { BuildPlan } from '../plan/plan';

export const buildContext: Rule = {
  id: 'build-context',
  severity: 'error',
  title: 'The folder and the Dockerfile of an image that is built exist in the project',
  mend: 'Create the folder with its Dockerfile, or name another one, relative to the project\'s folder.',
  waivable: false,
  check: ({ plan, root }) => plan.services.flatMap(({ path: at, image }) => problem(image.build, root).map((message) => ({ path: at, message }))),
};

function problem(build: BuildPlan | undefined, root: string): string[] {
  if (build === undefined) {
    return [];
  }
  const context = path.posix.normalize(build.context);
  const dockerfile = path.posix.join(context, build.dockerfile);
  if ([context, dockerfile].some((one) => path.posix.isAbsolute(one) || one === '..' || one.startsWith('../'))) {
    return [`The build context ${JSON.stringify(build.context)} with ${JSON.stringify(build.dockerfile)} lies outside the project.`];
  }
  return fs.existsSync(path.join(root, dockerfile)) ? [] : [`There is no ${JSON.stringify(dockerfile)} to build from.`];
}
