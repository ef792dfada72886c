import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/compile.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/conformance/**', '**/node_modules/**'],
    testTimeout: 20_000,
    // The tests start processes. More workers than cores would only make them wait for each other.
    maxWorkers: 2,
    hookTimeout: 60_000,
  },
});
