import { AREAS } from './areas.mjs';

/** Stryker's options for an area; files say that only they are mutated. */
export function optionsOf(area, files) {
  const { mutate, tests, statics = false } = AREAS[area];
  return {
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    coverageAnalysis: 'perTest',
    ignoreStatic: !statics,
    mutate: files.length === 0 ? mutate : files,
    jest: {
      config: {
        testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
        testSequencer: '<rootDir>/test/mutation/only-covering.cjs',
        testMatch: tests.map((pattern) => `<rootDir>/test/${pattern}`),
      },
      enableFindRelatedTests: false,
    },
    // ts-jest only transpiles
    disableTypeChecks: false,
    concurrency: 1,
    timeoutMS: 15_000,
    // a folder that neither git, jest nor the linters look into
    tempDirName: 'build/mutation/sandbox',
    ignorePatterns: [
      '/build', '/lib', '/coverage', '/test-reports', '/.jsii', '/containers/*/build', '/containers/*/lib',
    ],
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
    htmlReporter: { fileName: `build/mutation/${area}.html` },
    jsonReporter: { fileName: `build/mutation/${area}.json` },
    thresholds: { high: 95, low: 85, break: 85 },
    allowEmpty: false,
  };
}
