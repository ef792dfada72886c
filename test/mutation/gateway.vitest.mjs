import { defineConfig } from 'vitest/config';

/**
 * The tests that run the gateway's policy in their own process or in a thread of it. The others start the bundle, which
 * contains no mutants.
 */
export default defineConfig({
  test: {
    include: ['policy', 'workspace', 'tools/command'].map((folder) => `test/${folder}/**/*.test.ts`)
      .concat(['shell', 'tool-policy'].map((name) => `test/hostile/${name}.test.ts`)),
    setupFiles: ['vitest.mutation.setup.mjs'],
    testTimeout: 20_000,
  },
});
