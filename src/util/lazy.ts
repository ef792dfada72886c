/**
 * Defers loading a module until it is first used, so that a command pays only for what it runs. It is the only place
 * where lint allows `require`: `import()` cannot load TypeScript through the register hook.
 *
 * @example
 *   const yaml = lazy(() => require('yaml') as typeof import('yaml'));
 *   yaml().parse(text);
 */
export function lazy<T>(load: () => T): () => T {
  let loaded: { readonly module: T } | undefined;
  return () => {
    loaded ??= { module: load() };
    return loaded.module;
  };
}
