const Sequencer = require('@jest/test-sequencer').default;

/** Full names of the tests in a file, and how long they took, as far as they were run in this process. */
const known = new Map();

/**
 * Stryker tells jest the names of the tests that reach a mutant, but not their files: left alone, jest would load every file to find
 * them. This leaves out files that have none of them, and begins with the fastest, since the first failure ends the run.
 */
module.exports = class OnlyCovering extends Sequencer {
  constructor(options) {
    super(options);
    const { testNamePattern } = options.globalConfig;
    this.wanted = testNamePattern ? new RegExp(testNamePattern, 'i') : undefined;
  }

  sort(tests) {
    return tests.filter(({ path }) => this.mayReach(path)).sort((one, other) => timeOf(one) - timeOf(other));
  }

  cacheResults(tests, results) {
    super.cacheResults(tests, results);
    for (const { testFilePath, perfStats, testResults } of results.testResults) {
      if (testResults.length > 0 && !known.has(testFilePath)) {
        known.set(testFilePath, { names: testResults.map(({ fullName }) => fullName), time: perfStats.end - perfStats.start });
      }
    }
  }

  mayReach(path) {
    const names = known.get(path)?.names;
    return this.wanted === undefined || names === undefined || names.some((name) => this.wanted.test(name));
  }
};

function timeOf({ path }) {
  return known.get(path)?.time ?? 0;
}
