// Two bundles. The gateway is split so that a command loads only what it uses; the bridge is one file that can be copied
// alone into another image.
import { existsSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.16',
  outdir: 'lib',
  outExtension: { '.js': '.mjs' },
  legalComments: 'eof',
  logLevel: 'warning',
  banner: {
    js: [
      '#!/usr/bin/env node',
      // CommonJS dependencies inside an ES module bundle
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      "const __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
};

// native code and WebAssembly cannot be bundled; the bridge needs neither
const native = ['sharp', '@embedpdf/pdfium'];

rmSync('lib', { recursive: true, force: true });
await build({ ...shared, entryPoints: ['src/main.ts'], splitting: true, chunkNames: 'chunks/[name]-[hash]', external: native });
// started as a process of its own, so that a hostile document cannot take the gateway down
if (existsSync('src/tools/image/worker/main.ts')) await build({ ...shared, entryPoints: { 'image-worker': 'src/tools/image/worker/main.ts' }, external: native });
if (existsSync('src/bridge/main.ts')) await build({ ...shared, entryPoints: { bridge: 'src/bridge/main.ts' } });
