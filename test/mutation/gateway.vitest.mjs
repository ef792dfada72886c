import { defineConfig } from 'vitest/config';

/** The tests that run the gateway's policy in their own process, and in a thread of it: no mutant is in the bundle that the others start. */
export default defineConfig({
  test: {
    include: ['policy', 'workspace', 'tools/command'].map((folder) => `test/${folder}/**/*.test.ts`)
      .concat(['shell', 'tool-policy'].map((name) => `test/hostile/${name}.test.ts`)),
    setupFiles: ['vitest.mutation.setup.mjs'],
    testTimeout: 20_000,
  },
});
