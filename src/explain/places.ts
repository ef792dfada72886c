import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Plan } from '../plan/plan';
import { COMPOSE_FOLDER, composeFileName, configFolder, kubernetesFolder } from '../targets/layout';
import { UsageError } from '../util/errors';

export type GeneratedKind = 'compose' | 'kubernetes' | 'page' | 'config' | 'other';

/** Folders of configuration files that services mount, of drafts and of what was approved. */
export const CONFIG_FOLDERS = (['draft', 'approved'] as const).map(
  (stage) => `${COMPOSE_FOLDER}/${configFolder({ stage })}/`,
);

const MOST_BYTES = 32 * 1024 * 1024;

/** The output folder: where things are in it, and what they say. */
export class Places {
  /** The Compose file of this stage, relative to the output folder. */
  public readonly compose: string;
  /** Folder of the manifests of this stage. */
  public readonly kubernetes: string;
  /** The status page. */
  public readonly status = 'docs/STATUS.md';

  constructor(public readonly root: string, public readonly outdir: string, { stage }: Pick<Plan, 'stage'>) {
    this.compose = `${COMPOSE_FOLDER}/${composeFileName({ stage })}`;
    this.kubernetes = kubernetesFolder({ stage });
    this.exists = this.exists.bind(this);
  }

  public exists(file: string): boolean {
    return statSync(join(this.root, this.outdir, file), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  /**
   * The text of a committed file.
   *
   * @throws UsageError when it is not there.
   */
  public read(file: string): string {
    const path = join(this.root, this.outdir, file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) {
      throw new UsageError(`${this.label(file)} is not there. "npx toolbox-constructs synth" writes it.`);
    }
    if (stats.size > MOST_BYTES) {
      throw new UsageError(`${this.label(file)} is larger than ${MOST_BYTES / 1024 / 1024} MiB.`);
    }
    return readFileSync(path, 'utf8');
  }

  /** As a person names it from the project's folder. */
  public label(file: string): string {
    return `${this.outdir}/${file}`;
  }
}
