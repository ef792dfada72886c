// Bundles. The gateway is split so that a command loads only what it uses; the bridge is one file that can be copied
// alone into another image.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.16',
  // an ES module where there is one: UMD wrappers hide what they require
  mainFields: ['module', 'main'],
  outdir: 'lib',
  outExtension: { '.js': '.mjs' },
  legalComments: 'eof',
  logLevel: 'warning',
  metafile: true,
  banner: {
    js: [
      '#!/usr/bin/env node',
      // CommonJS dependencies inside an ES module bundle
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __fileURLToPath(import.meta.url);',
      "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
};

// native code and WebAssembly cannot be bundled; the bridge needs neither
const native = ['sharp', '@embedpdf/pdfium'];

const bundles = [
  { entryPoints: ['src/main.ts'], splitting: true, chunkNames: 'chunks/[name]-[hash]', external: native },
  // started as a process of its own, so that a hostile document cannot take the gateway down
  { entryPoints: { 'image-worker': 'src/tools/image/worker/main.ts' }, external: native },
  // a thread, because a search for an expression cannot be interrupted
  { entryPoints: { 'search-worker': 'src/tools/file/search/worker.ts' } },
  // a thread that may be ended at any time: an ES module that is still being loaded would leave a descriptor open
  {
    entryPoints: { 'git-reader': 'src/tools/command/git/reader/main.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: {},
  },
  { entryPoints: { bridge: 'src/bridge/main.ts' } },
].filter(({ entryPoints }) => Object.values(entryPoints).every((file) => existsSync(file)));

const results = await Promise.all(bundles.map((bundle) => build({ ...shared, ...bundle })));

// what the bundles ask for at run time
const outputs = results.flatMap(({ metafile }) => Object.values(metafile.outputs));
const imports = outputs.flatMap((output) =>
  output.imports.filter(({ external, path }) => external && !isBuiltin(path)),
);
const externals = join('lib', 'externals.json');
writeFileSync(externals, `${JSON.stringify([...new Set(imports.map(({ path }) => path))].sort())}\n`);

// what an earlier build left is removed last, so that a gateway that runs from lib/ meanwhile finds its files
const written = new Set([externals, ...results.flatMap(({ metafile }) => Object.keys(metafile.outputs))]);
for (const file of readdirSync('lib', { recursive: true, withFileTypes: true })) {
  const path = join(file.parentPath, file.name);
  if (file.isFile() && !written.has(path)) rmSync(path);
}
