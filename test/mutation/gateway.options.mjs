/** Stryker's options for the gateway, which is a package of its own; used in a copy of it. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  mutate: [
    'src/policy/*.ts',
    'src/workspace/{path-text,path-policy,secret-names}.ts',
    'src/tools/arguments.ts',
    'src/tools/command/{template,parameters}.ts',
  ],
  vitest: { configFile: 'vitest.mutation.config.mjs' },
  disableTypeChecks: false,
  concurrency: 1,
  timeoutMS: 15_000,
  ignorePatterns: ['/build', '/lib', '/bench', '/docs'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
  htmlReporter: { fileName: 'reports/gateway.html' },
  jsonReporter: { fileName: 'reports/gateway.json' },
  thresholds: { high: 95, low: 85, break: 85 },
};
