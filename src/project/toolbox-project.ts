import { JsonFile, SampleFile, javascript, typescript } from 'projen';
import { SAMPLE_INVENTORY, SAMPLE_MAIN, sampleReadme, SAMPLE_TEST, sampleToolbox } from './samples';

const LIBRARY = 'toolbox-constructs';

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
   * Folder of the generated files, committed with the project. Not called outdir: projen has that name for the project's own folder.
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
    const outdir = options.toolboxdir ?? 'dist';
    const { library, others } = splitLibrary(options.devDeps ?? []);
    super({
      name: options.name,
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: '20.16.0',
      typescriptVersion: '~6.0.0',
      projenrcTs: true,
      github: false,
      release: false,
      sampleCode: false,
      // dist/ holds the toolbox, so what projen makes goes elsewhere
      artifactsDirectory: 'build',
      deps: [library, 'constructs@^10.5.0', 'cdk8s@^2.70.0', 'cdk8s-plus-28@^2.5.6'],
      devDeps: others,
      jestOptions: { updateSnapshot: javascript.UpdateSnapshot.NEVER },
    });
    // has no builds for every platform in every registry, and npm refuses a lock file that lacks them
    this.package.addPackageResolutions('unrs-resolver@1.12.2');
    this.gitignore.include(`/${outdir}/`);
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
    new SampleFile(this, 'README.md', { contents: sampleReadme(outdir) });
  }
}

/** `projen new --from` hands on what it was given: a name, a version or the path of an archive, which npm needs a name for. */
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
