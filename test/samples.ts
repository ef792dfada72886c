import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import * as core from '../src/core';

export const ROOT = resolve(__dirname, '..');
const LIBRARY = 'toolbox-constructs';

/** Reads a page of the repository. */
export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** Returns the code blocks of one language. */
export function codeBlocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]);
}

/** Returns whether the lines of a sample are in a text, in the same order. The sample omits lines with `# ...`. */
export function isExcerpt(sample: string, text: string): boolean {
  let rest = text.split('\n');
  return sample.trimEnd().split('\n').filter((line) => line.trim() !== '# ...').every((line) => {
    const index = rest.indexOf(line);
    rest = rest.slice(index + 1);
    return index >= 0;
  });
}

/** Synthesizes a sample that ends in `toolbox.synth();` in memory. Paths are relative to the repository. */
export function synthesize(sample: string): core.TestingSynthesis {
  const { outputText } = ts.transpileModule(sample.replace('toolbox.synth();', 'exports.toolbox = toolbox;'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { toolbox?: core.Toolbox } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- runs the code of a page of this repository
  new Function('require', 'exports', outputText)(() => core, exported);
  return core.Testing.synth(exported.toolbox!);
}

/** Compiles modules, given by their path. Returns the errors of the compiler. */
export function compile(modules: Readonly<Record<string, string>>): string[] {
  const files = new Map(Object.entries(modules).map(([name, text]) => [join(ROOT, name), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    types: ['node'],
    ignoreDeprecations: '6.0',
    paths: { [LIBRARY]: [join(ROOT, 'src/core')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, language) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, language) : ts.createSourceFile(name, text, language);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map((one) => `${one.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`);
}
