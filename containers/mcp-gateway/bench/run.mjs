// Bundles the bench, which is TypeScript like the gateway, and runs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: {
    bench: 'bench/main.ts',
    'direct-http': 'bench/direct-http.ts',
    'direct-stdio': 'bench/direct-stdio.ts',
  },
  bundle: true,
  splitting: true,
  // jsonc-parser's main is UMD, which cannot be bundled
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20.16',
  outdir: 'build/bench/lib',
  outExtension: { '.js': '.mjs' },
  external: ['sharp', '@embedpdf/pdfium', '@modelcontextprotocol/node'],
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
    ].join('\n'),
  },
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, ['build/bench/lib/bench.mjs', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
    .status ?? 1;
