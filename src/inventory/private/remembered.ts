import { Report } from './report';
import { Tree } from './tree';

/** To be raised with every change of what a text becomes. */
const FORM = 'inventory tree 1';

/** The register hook's cache between runs, by source text; undefined without the hook. */
type Remember = (text: string, make: () => string | undefined) => string | undefined;

/**
 * Parsing is most of what a small inventory costs, and the same text becomes the same tree. One with mistakes is read
 * again each time.
 */
export function remembered(text: string, report: Report, make: () => Tree | undefined): Tree | undefined {
  const remember = (globalThis as { [key: symbol]: Remember | undefined })[Symbol.for('toolbox-constructs.remembered')];
  if (remember === undefined) {
    return make();
  }
  let tree: Tree | undefined;
  const json = remember(`${FORM}\n${text}`, () => {
    tree = make();
    return tree === undefined || report.findings.length > 0 ? undefined : asJson(tree);
  });
  return tree ?? (json === undefined ? undefined : JSON.parse(json) as Tree);
}

/** Undefined for what JSON cannot say. */
function asJson(tree: Tree): string | undefined {
  let isWhole = true;
  const json = JSON.stringify(tree, (_, value: unknown) => {
    isWhole &&=
      typeof value !== 'bigint' && (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0)));
    return typeof value === 'bigint' ? undefined : value;
  });
  return isWhole ? json : undefined;
}
