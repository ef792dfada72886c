const WIDTH = { code: 120, ignoreUrls: true, ignorePattern: '^import .* from ' };

/** Lint rules that settle style: the same in every room, fixed by `npx eslint --fix` where they can be. */
export function styleRules(): Record<string, unknown> {
  return {
    'curly': ['error', 'all'],
    '@stylistic/block-spacing': ['error', 'always'],
    '@stylistic/arrow-parens': ['error', 'always'],
    '@stylistic/max-len': ['error', WIDTH],
    '@typescript-eslint/explicit-member-accessibility': ['error', { overrides: { constructors: 'no-public' } }],
    'import/enforce-node-protocol-usage': ['error', 'always'],
  };
}

/** In `src`, a module that is not loaded at start is loaded through `lazy` (src/util/lazy.ts) and in no other form. */
export const LAZY_LOADING = {
  files: ['src/**'],
  rules: {
    '@typescript-eslint/no-require-imports': 'off',
    'no-restricted-syntax': ['error', {
      selector: 'CallExpression[callee.name="require"]'
        + ':not(CallExpression[callee.name="lazy"] > ArrowFunctionExpression CallExpression)',
      message: "Use an import, or lazy(() => require('./x') as typeof import('./x')).",
    }],
  },
};

/** Tests and benches may keep expected output, patterns and programs on the one line that a reader searches for. */
export const LONG_LITERALS = {
  files: ['test/**', 'bench/**'],
  rules: {
    '@stylistic/max-len': ['error', {
      ...WIDTH, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true,
    }],
  },
};
