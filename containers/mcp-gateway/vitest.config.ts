import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/compile.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/conformance/**', '**/node_modules/**'],
    // limits for a test that hangs: no test depends on how fast the machine is
    testTimeout: 180_000,
    // The tests start processes. More workers than cores would only make them wait for each other.
    maxWorkers: 2,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
