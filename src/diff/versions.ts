import { Target } from './change';
import { COMPOSE_FOLDER, composeFileName, kubernetesFolder } from '../targets/layout';

/** Contents of files by path, relative to the output folder. */
export type Texts = ReadonlyMap<string, string>;

const STAGES = ['draft', 'approved'] as const;

export type Stage = typeof STAGES[number];

/** One version of a target's files. */
export interface Version {
  readonly stage: Stage;
  /** The files that are read first: the compose file, or every manifest. */
  readonly paths: readonly string[];
  readonly texts: Texts;
}

/**
 * The version that the model gives, and the committed one that it takes the place of: of the same stage, if there is
 * one.
 */
export function versionsOf(
  target: Target,
  before: Texts,
  after: Texts,
): { readonly before?: Version; readonly after?: Version } {
  const [is] = STAGES.flatMap((stage) => versionOf(target, stage, after) ?? []);
  const stages = [...(is === undefined ? [] : [is.stage]), ...STAGES];
  const [was] = stages.flatMap((stage) => versionOf(target, stage, before) ?? []);
  return { before: was, after: is };
}

function versionOf(target: Target, stage: Stage, texts: Texts): Version | undefined {
  const paths = target === 'compose' ? composePaths(stage, texts) : manifestPaths(stage, texts);
  if (paths.length === 0) { return undefined; }
  const isDraft = paths.some((path) => /^# Draft: /m.test(texts.get(path)!.slice(0, HEAD)));
  return { stage: isDraft ? 'draft' : stage, paths, texts };
}

/** How much of a file is searched for the draft mark. */
const HEAD = 2048;

function composePaths(stage: Stage, texts: Texts): string[] {
  const path = `${COMPOSE_FOLDER}/${composeFileName({ stage })}`;
  return texts.has(path) ? [path] : [];
}

function manifestPaths(stage: Stage, texts: Texts): string[] {
  const draft = `${kubernetesFolder({ stage: 'draft' })}/`;
  const folder = `${kubernetesFolder({ stage })}/`;
  return [...texts.keys()]
    .filter(
      (path) => path.startsWith(folder) && path.endsWith('.yaml') && (stage === 'draft' || !path.startsWith(draft)),
    )
    .sort();
}

/** Whether two versions are one, byte for byte. */
export function areSame(one: Version, other: Version): boolean {
  return (
    one.stage === other.stage &&
    one.paths.join('\n') === other.paths.join('\n') &&
    one.texts.size === other.texts.size &&
    [...one.texts].every(([path, text]) => other.texts.get(path) === text)
  );
}
