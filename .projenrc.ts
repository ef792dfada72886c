import { cdk, javascript, TextFile } from 'projen';
import { architectureRules, HEAVY_ROOMS } from './projenrc/architecture';
import { copyGatewayFiles } from './projenrc/gateway-copies';
import { compileImageFacts } from './projenrc/image-facts';
import { McpGatewayProject } from './projenrc/mcp-gateway';
import { listRules } from './projenrc/rules';
import { structTables } from './projenrc/structs';
import { LAZY_LOADING, LONG_LITERALS, styleRules } from './projenrc/style';
import { compileValidators } from './projenrc/validators';
import { TASK_PATH } from './src/project/toolbox-project';

const project = new cdk.JsiiProject({
  name: 'toolbox-constructs',
  description:
    'One typed construct tree for an AI developer toolbox: Docker Compose, Kubernetes and status pages from one model.',
  author: 'toolbox-constructs maintainers',
  authorAddress: 'maintainers@toolbox-constructs.example',
  repositoryUrl: 'https://github.com/toolbox-constructs/toolbox-constructs.git',
  license: 'Apache-2.0',
  copyrightOwner: 'toolbox-constructs maintainers',
  keywords: ['constructs', 'cdk8s', 'docker-compose', 'kubernetes', 'mcp', 'codex', 'ollama', 'projen'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  projenrcTs: true,
  github: false,
  release: false,
  // dist/ holds the committed toolbox, so packaging goes elsewhere
  artifactsDirectory: 'build/dist',
  peerDeps: ['constructs@^10.5.0', 'cdk8s@^2.70.0', 'cdk8s-plus-28@^2.5.6', 'projen@>=0.103.25 <1'],
  bundledDeps: ['yaml@^2.9.1', 'diff@^8', '@balena/dockerignore@^1.0.2'],
  devDeps: [
    'constructs@10.5.0',
    '@secretlint/secretlint-rule-preset-recommend@^11',
    '@stryker-mutator/core@^9.6.1',
    '@stryker-mutator/jest-runner@^9.6.1',
    '@types/js-yaml@^4',
    'ajv@^8',
    'dclint',
    'fast-check',
    'js-yaml@^4',
    'jsdom@^26',
    'markdown-it@^15',
    'markdownlint-cli2@^0.22',
    'marked@^18',
    'mermaid@^11',
    'secretlint@^11',
    'ts-node',
    'tsconfig-paths',
  ],
  // npm has a package "toolbox" of somebody else: "npx toolbox-constructs" is what a person types
  bin: { 'toolbox': 'bin/toolbox', 'toolbox-constructs': 'bin/toolbox' },
  // bin/ also holds what only a checkout uses
  autoDetectBin: false,
  tsconfigDev: { compilerOptions: { allowJs: true, checkJs: true } },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // it takes four times as long; "npx projen test --coverage" has it
      collectCoverage: false,
      // a busy machine may be ten times slower
      testTimeout: 120_000,
      // many tests wait for programs that they started
      maxWorkers: '100%',
      testPathIgnorePatterns: ['/node_modules/', '/containers/', '/test/e2e/', '/test/suites/'],
      modulePathIgnorePatterns: ['<rootDir>/containers/', '<rootDir>/lib/', '<rootDir>/build/'],
    },
  },
  eslintOptions: {
    commandOptions: { fix: false },
    dirs: ['src'],
    devdirs: ['test', 'projenrc', 'bench'],
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'lib/', 'build/', 'dist/', 'containers/'],
  },
});

project.tasks.addEnvironment('PATH', TASK_PATH);

project.eslint?.addRules({ ...styleRules(), ...architectureRules() });
for (const { files, paths } of HEAVY_ROOMS) {
  project.eslint?.addOverride({ files, rules: { 'no-restricted-imports': ['error', { paths }] } });
}
project.eslint?.addOverride(LAZY_LOADING);
project.eslint?.addOverride(LONG_LITERALS);

project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.gitignore.include('/dist/');
project.npmignore?.exclude('build/dist', '/build/mutation/');
project.annotateGenerated('/dist/**');
// the same bytes on every machine, whatever git makes of line ends there
project.gitattributes.addAttributes('/dist/**', 'text eol=lf');
project.gitignore.exclude('.env.local', '/shared/', '/build/');
// the Compose project's name in this checkout
project.gitignore.exclude('/dist/compose/.env');
project.npmignore?.exclude(
  '/dist/',
  '/bench/',
  '/inventories/*.yaml',
  '/inventories/evidence/',
  '/renovate.json',
  '/.markdownlint-cli2.jsonc',
  '/.secretlintrc.json',
  '/.shellcheckrc',
  '/.yamllint.yaml',
  '/projenrc/',
  '/test/',
  '/shared/',
  '/.ci/',
);
// a user of the library builds the images from the sources that come with it
project.npmignore?.exclude('/bin/gcodex*', '/bin/completion/');

// what a killed run leaves beside a file that it was replacing
project.gitignore.exclude('/dist/.toolbox-*', '.toolbox-new-*');
project.npmignore?.exclude('/toolbox.json');

// regenerating the project must not run the model: these tasks do, when asked
const onTheModel = { receiveArgs: true };
project.addTask('synth', { description: 'Write the toolbox into dist/' }).exec('node bin/toolbox synth', onTheModel);
project
  .addTask('check', { description: 'Fail when dist/ differs from the model' })
  .exec('node bin/toolbox check', onTheModel);
project
  .addTask('diff', { description: 'Show what synth would change in dist/' })
  .exec('node bin/toolbox diff', onTheModel);
project
  .addTask('verify', { description: 'Run the checks of the model, and record what they show' })
  .exec('node bin/toolbox verify', onTheModel);
project
  .addTask('status', { description: 'Show what is verified and approved, and what is missing' })
  .exec('node bin/toolbox status', onTheModel);
project
  .addTask('approve', { description: 'Record that a person approves what the model says now' })
  .exec('node bin/toolbox approve', onTheModel);
project
  .addTask('bench', { description: 'Measure what the commands cost' })
  .exec('node -r ./bin/register.js bench/run.ts', onTheModel);
project
  .addTask('bench:images', { description: 'Measure sizes and start times of the built images' })
  .exec('node -r ./bin/register.js bench/images.ts', onTheModel);
project
  .addTask('mutation', { description: 'Measure what the tests notice when the code is changed, by area' })
  .exec('node test/mutation/run.mjs', onTheModel);
// a client of the gateway comes from its packages; "npm ci" at the top does not install them
const prepare = project.addTask('e2e:prepare', {
  description: 'Install what the end-to-end tests need: an engine with images, packages of the gateway',
});
prepare.exec(
  'npm ls --prefix containers/mcp-gateway --depth 0 --silent > /dev/null || npm ci --prefix containers/mcp-gateway',
);
prepare.exec('sh test/e2e/engine/up.sh');
const endToEnd = project.addTask('e2e', {
  description: 'Run the toolbox on a real engine and measure who reaches whom',
});
endToEnd.spawn(prepare);
endToEnd.exec('node -r ./bin/register.js test/e2e/run.ts', onTheModel);

// neither jest nor the register hook checks types, and jsii sees only src/
const typecheck = project.addTask('typecheck', {
  description: 'Check the types of sources, tests, benches and the register hook',
});
project.tsconfigDev.addInclude('../bench/**/*.ts');
project.tsconfigDev.addInclude('../bench/**/*.js');
project.tsconfigDev.addInclude('../bin/*.js');
typecheck.exec('tsc -p test/tsconfig.json');
// for lint and editors, which look for the nearest one; the task above covers the same files
new javascript.TypescriptConfig(project, {
  fileName: 'bench/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', allowJs: true, checkJs: true },
  include: ['**/*.ts', '**/*.js', '../bin/*.js'],
});

// Tier 1: types and unit tests. Lint and the tests that start processes are steps of their own in .ci/run.
project.testTask.reset();
project.testTask.spawn(typecheck);
project.testTask.exec('jest --config test/unit/jest.config.js --ci', { receiveArgs: true });
project.tasks.tryFind('test:update')?.env('UPDATE_GOLDEN', '1');
project.addTask('test:process', { description: 'Run the tests that start processes' })
  .exec('jest --ci --testMatch "**/*.process.test.ts"', { receiveArgs: true });

project.postCompileTask.exec('ts-node -T projenrc/lazy-exports.ts');

for (const [file, lines] of Object.entries(structTables(project.outdir))) {
  new TextFile(project, file, { lines: [...lines] });
}
compileValidators(project);
compileImageFacts(project);
copyGatewayFiles(project);
// last: it loads the rules, which use what is generated above
listRules(project);
new McpGatewayProject(project);

project.synth();
