import { execFileSync } from 'node:child_process';

/** Builds the bundles that the tests start, so that any single test file runs on a fresh checkout. */
export default function compile(): void {
  execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
}
