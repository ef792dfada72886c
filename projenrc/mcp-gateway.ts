import { Project, javascript, typescript } from 'projen';

/** The gateway is a package of its own: its image is built from its folder alone. */
export class McpGatewayProject extends typescript.TypeScriptProject {
  constructor(parent: Project) {
    super({
      parent,
      outdir: 'containers/mcp-gateway',
      name: 'mcp-gateway',
      description: 'MCP gateway that enforces a tool policy',
      license: 'Apache-2.0',
      copyrightOwner: 'toolbox-constructs maintainers',
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: '20.16.0',
      typescriptVersion: '~6.0.0',
      jest: false,
      github: false,
      release: false,
      projenrcTs: false,
      sampleCode: false,
      entrypoint: '',
      entrypointTypes: '',
      bin: { 'mcp-gateway': 'lib/main.mjs', 'mcp-gateway-bridge': 'lib/bridge.mjs' },
      deps: [
        '@embedpdf/pdfium@~2.15.1',
        '@modelcontextprotocol/server@~2.4.0',
        '@modelcontextprotocol/client@~2.4.0',
        'ajv@^8.20.0',
        'file-type@^21.3.4',
        'fastest-levenshtein@^1.0.16',
        'jsonc-parser@^3.3.1',
        'htmlparser2@^10.1.0',
        'image-size@^2.1.0',
        'mdast-util-from-markdown@^2.1.0',
        'picomatch@^4.0.7',
        'pino@^10.4.0',
        'prom-client@^15.1.3',
        're2js@^2.10.0',
        'sharp@^0.35.5',
        'yauzl@^3.4.0',
        'zod@^4.6.7',
      ],
      devDeps: ['@types/mdast@^4', '@types/picomatch@^4', '@types/yauzl@^3', 'esbuild@^0.28.2', 'fast-check@^4', 'fflate@^0.8.3', 'pdf-lib@^1.17.1', 'vitest@4.1.12'],
      tsconfig: {
        compilerOptions: {
          rootDir: '.',
          module: 'ESNext',
          moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
          target: 'ES2022',
          lib: ['es2023'],
          noEmit: true,
          declaration: false,
          inlineSourceMap: false,
          inlineSources: false,
          skipLibCheck: true,
        },
        include: ['bench/**/*.ts', 'vitest.config.ts'],
      },
      eslintOptions: { dirs: ['src'], devdirs: ['test', 'bench'], ignorePatterns: ['*.js', '*.mjs', '*.d.ts', 'node_modules/', 'lib/', 'dist/'] },
      artifactsDirectory: 'build/dist',
    });
    this.package.addField('type', 'module');
    this.package.addPackageResolutions('unrs-resolver@1.12.2');
    this.eslint?.addRules({ 'import/no-cycle': 'error' });

    // esbuild writes lib/, tsc only judges
    this.compileTask.reset('node esbuild.mjs');
    const typecheck = this.addTask('typecheck', { description: 'Check the types of sources and tests' });
    typecheck.exec('tsc --project tsconfig.json');
    typecheck.exec('tsc --project test/tsconfig.json');
    const lint = this.addTask('lint', { description: 'Lint without changing anything', env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' } });
    lint.exec('eslint --ext .ts --no-error-on-unmatched-pattern src test bench');
    this.preCompileTask.spawn(typecheck);

    // several tests run the bundle, as a client would
    this.testTask.reset();
    this.testTask.spawn(this.compileTask);
    this.testTask.exec('vitest run', { receiveArgs: true });
    this.testTask.spawn(lint);

    this.addTask('bench', { description: 'Measure what the gateway adds to a call', steps: [{ spawn: 'compile' }, { exec: 'node bench/run.mjs', receiveArgs: true }] });
    this.addTask('conformance', { description: 'Run the official MCP conformance suite', steps: [{ spawn: 'compile' }, { exec: 'node test/conformance/run.mjs', receiveArgs: true }] });
    this.addTask('e2e', { description: 'Run real clients against the gateway', steps: [{ spawn: 'compile' }, { exec: 'node test/e2e/run.mjs', receiveArgs: true }] });

    this.gitignore.exclude('/build/');
    this.npmignore?.exclude('/bench/', '/build/', '/Dockerfile', '/.dockerignore', '/esbuild.mjs', '/runtime-packages.mjs', '/vitest.config.ts');
  }
}
