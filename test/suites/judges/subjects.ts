import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DOCUMENT_VARIABLE, REQUEST_VARIABLE, SynthDocument, SynthRequest } from '../../../src/assembly/document';
import { OutputFile } from '../../../src/plan/target-output';
import { renderCompose } from '../../../src/targets/compose';
import { FIXTURE_PLAN } from '../../parity/fixture-plan';
import { hostilePlan } from '../../targets/compose/hostile-plan';

/** A project with generated files, as a person would have it. */
export interface Project {
  readonly title: string;
  readonly folder: string;
  /** Paths relative to the output folder. */
  readonly files: readonly string[];
}

/** What is judged: the files of the repository, and generated files in projects of their own. */
export class Subjects {
  /** GARVIS as it is committed, and as it will be once it is approved. */
  public readonly toolboxes: readonly Project[];
  /** Further Compose files: one with every kind of fact, and one with hostile text. Only what reads them is judged. */
  public readonly trials: readonly Project[];
  private readonly tracked: readonly string[];

  /**
   * @param scratch folder that is thrown away afterwards
   * @param root folder of the repository
   * @param data folder with the schemas that no package brings
   */
  constructor(public readonly scratch: string, private readonly root: string, public readonly data: string) {
    // what was deleted is still listed, and so are links
    this.tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', cwd: root }).split('\0')
      .filter((path) => path !== '' && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile());
    this.toolboxes = [
      this.project('committed', this.committed()),
      this.project('approved', this.synthesised('approved-files')),
    ];
    this.trials = [
      this.project('every fact', renderCompose(FIXTURE_PLAN).files),
      this.project('every fact, approved', renderCompose({ ...FIXTURE_PLAN, stage: 'approved' }).files),
      this.project('hostile', renderCompose(hostilePlan()).files),
    ];
  }

  /** Files of the repository whose path fits, relative to the working directory. */
  public repository(pattern: RegExp): string[] {
    return this.tracked.filter((path) => pattern.test(path));
  }

  /** Files of the repository whose first line names a shell. */
  public shellScripts(): string[] {
    return this.tracked.filter((path) =>
      /^#!(\/bin\/sh|\/bin\/bash|\/usr\/bin\/env bash)\b/.test(
        readFileSync(join(this.root, path), 'latin1').slice(0, 40),
      ),
    );
  }

  private committed(): OutputFile[] {
    return this.repository(/^dist\//).map((path) => ({
      path: relative('dist', path),
      content: readFileSync(join(this.root, path), 'utf8'),
    }));
  }

  private synthesised(request: SynthRequest): readonly OutputFile[] {
    const document = join(this.scratch, `${request}.json`);
    execFileSync(process.execPath, ['-r', './bin/register.js', 'src/main.ts'], {
      cwd: this.root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, [DOCUMENT_VARIABLE]: document, [REQUEST_VARIABLE]: request },
    });
    return (JSON.parse(readFileSync(document, 'utf8')) as SynthDocument).files;
  }

  /** Each env file is copied from its example, as the documentation says. */
  private project(title: string, files: readonly OutputFile[]): Project {
    const folder = join(this.scratch, title.replaceAll(/\W+/g, '-'));
    for (const { path, content } of files) {
      const target = join(folder, 'dist', path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      if (/^compose\/[^/]+\.example$/.test(path)) {
        cpSync(target, join(folder, path.slice('compose/'.length, -'.example'.length)));
      }
    }
    return { title, folder, files: files.map(({ path }) => path) };
  }
}

/** The Compose files of projects, with the project of each. */
export function composeFiles(projects: readonly Project[]): { readonly project: Project; readonly file: string }[] {
  return projects.flatMap((project) =>
    paths(project, /^compose\/docker-compose(\.draft)?\.yml$/).map((file) => ({ project, file })),
  );
}

/** The manifests of a project, without what only kustomize reads. */
export function manifestFiles(project: Project): string[] {
  return paths(project, /^kubernetes\/.*(?<!kustomization)\.yaml$/);
}

/** Absolute paths of the generated files whose path in the output folder fits. */
export function paths({ folder, files }: Project, pattern: RegExp): string[] {
  return files.filter((path) => pattern.test(path)).map((path) => join(folder, 'dist', path));
}

/** A name without the hash of its content, which is another one after each change. */
export function withoutHash(name: string): string {
  return name.replace(/-[0-9a-f]{10}$/, '');
}
