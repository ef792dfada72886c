/** Lint rules that settle style: the same in every room, fixed by `npx eslint --fix` where they can be. */
export function styleRules(): Record<string, unknown> {
  return {
    'curly': ['error', 'all'],
    '@stylistic/block-spacing': ['error', 'always'],
    '@stylistic/arrow-parens': ['error', 'always'],
    '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true, ignorePattern: '^import .* from ' }],
    '@typescript-eslint/explicit-member-accessibility': ['error', { overrides: { constructors: 'no-public' } }],
    'import/enforce-node-protocol-usage': ['error', 'always'],
  };
}
