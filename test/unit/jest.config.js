const { jest } = require('../../package.json');

/** The unit tests, in few files: see rooms.ts. */
module.exports = {
  ...jest,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/unit/*.test.ts'],
};
