import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/conformance/**', '**/node_modules/**'],
    testTimeout: 20_000,
    // the tests start processes; more workers than cores make their time limits lie
    maxWorkers: 2,
    hookTimeout: 60_000,
  },
});
