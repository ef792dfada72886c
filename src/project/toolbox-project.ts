import { javascript, JsonFile, SampleFile, typescript } from 'projen';
import { SAMPLE_INVENTORY, SAMPLE_MAIN, SAMPLE_TEST, sampleReadme, sampleToolbox } from './samples';

const LIBRARY = 'toolbox-constructs';
const FOLDER = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/;
/** Folders and files of a project that cannot be the output folder. */
const TAKEN = [
  'build',
  'coverage',
  'inventories',
  'lib',
  'node_modules',
  'projenrc',
  'shared',
  'src',
  'test',
  'test-reports',
];

/** Options of a new toolbox project. */
export interface ToolboxProjectOptions {
  /**
   * Name of the project.
   *
   * @default $BASEDIR
   */
  readonly name: string;
  /**
   * Further development dependencies. `projen new --from` puts the library here.
   *
   * @default - none
   */
  readonly devDeps?: string[];
  /**
   * Folder of the generated files, committed with the project, that nothing else uses: relative, with forward slashes.
   * Not called outdir: projen has that name for the project's own folder.
   *
   * @default 'dist'
   */
  readonly toolboxdir?: string;
}

/**
 * A project that describes a toolbox.
 *
 * @pjid toolbox
 */
export class ToolboxProject extends typescript.TypeScriptAppProject {
  constructor(options: ToolboxProjectOptions) {
    const outdir = judged(options.toolboxdir ?? 'dist');
    const { library, others } = splitLibrary(options.devDeps ?? []);
    super({
      // "projen new" hands on more than is declared; without it there would be no .projenrc.ts
      ...options,
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: '20.16.0',
      typescriptVersion: '~6.0.0',
      projenrcTs: true,
      github: false,
      release: false,
      sampleCode: false,
      readme: { contents: sampleReadme(outdir) },
      // dist/ holds the toolbox, so what projen makes goes elsewhere
      artifactsDirectory: 'build',
      deps: [library, 'constructs@^10.5.0', 'cdk8s@^2.70.0', 'cdk8s-plus-28@^2.5.6'],
      devDeps: others,
      jestOptions: { updateSnapshot: javascript.UpdateSnapshot.NEVER },
    });
    this.tasks.addEnvironment('PATH', TASK_PATH);
    // has no builds for every platform in every registry, and npm refuses a lock file that lacks them
    this.package.addPackageResolutions('unrs-resolver@1.12.2');
    this.gitignore.include(`/${outdir}/`);
    // the Compose project's name in this checkout
    this.gitignore.exclude(`/${outdir}/compose/.env`);
    this.gitignore.exclude('.env.local', '/shared/', '/build/', `/${outdir}/.toolbox-*`, '.toolbox-new-*');
    this.annotateGenerated(`/${outdir}/**`);
    // the same bytes on every machine, whatever git makes of line ends there
    this.gitattributes.addAttributes(`/${outdir}/**`, 'text eol=lf');
    this.addCommandTasks();
    this.addFiles(outdir);
  }

  private addCommandTasks(): void {
    const descriptions = {
      synth: 'Writes the generated files',
      check: 'Holds the committed files against the model',
      diff: 'Shows what a synthesis would change',
      verify: 'Runs the checks of the model, and records what they show',
      status: 'Shows what is verified and approved, and what is missing',
      approve: 'Records that a person approves what the model says now',
    };
    for (const [name, description] of Object.entries(descriptions)) {
      this.addTask(name, { description, exec: `toolbox ${name}`, receiveArgs: true });
    }
  }

  private addFiles(outdir: string): void {
    new JsonFile(this, 'toolbox.json', {
      obj: { app: `node -r ${LIBRARY}/bin/register src/main.ts`, outdir },
      marker: false,
    });
    new SampleFile(this, 'src/main.ts', { contents: SAMPLE_MAIN });
    new SampleFile(this, 'src/toolbox.ts', { contents: sampleToolbox(outdir) });
    new SampleFile(this, 'test/toolbox.test.ts', { contents: SAMPLE_TEST });
    new SampleFile(this, 'inventories/versions.yaml', { contents: SAMPLE_INVENTORY });
  }
}

function judged(folder: string): string {
  if (!FOLDER.test(folder) || TAKEN.includes(folder.split('/')[0])) {
    throw new Error(
      `toolboxdir ${JSON.stringify(folder)}: name a folder of the project that nothing else uses, for example "dist".`,
    );
  }
  return folder;
}

/**
 * `projen new --from` hands on what it was given: a name, a version or the path of an archive, which npm needs a name
 * for.
 */
function splitLibrary(devDeps: readonly string[]): { library: string; others: string[] } {
  const isArchive = (dep: string): boolean => dep.endsWith('.tgz');
  const isLibrary = (dep: string): boolean => isArchive(dep) || dep === LIBRARY || dep.startsWith(`${LIBRARY}@`);
  const given = devDeps.find(isLibrary) ?? LIBRARY;
  const path = given.replace(new RegExp(`^${LIBRARY}@`), '').replace(/^file:/, '');
  return {
    library: isArchive(given) ? `${LIBRARY}@file:${path}` : given,
    others: devDeps.filter((dep) => !isLibrary(dep)),
  };
}

/**
 * PATH of every task: the programs of the project's packages, then the caller's PATH. projen's own default asks `npx`
 * for the same folder before every task, which costs a second or more each time.
 */
export const TASK_PATH = '$(node --print "path.resolve(\'node_modules/.bin\') + path.delimiter + process.env.PATH")';
