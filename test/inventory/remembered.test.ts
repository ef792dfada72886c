import { remembered } from '../../src/inventory/private/remembered';
import { Report } from '../../src/inventory/private/report';
import { Tree } from '../../src/inventory/private/tree';

const HOOK = Symbol.for('toolbox-constructs.remembered');
const hooks = globalThis as { [key: symbol]: unknown };
const at = { line: 1, column: 1 };
const TREE: Tree = { kind: 'map', at, entries: [{ key: 'a', at, value: { kind: 'text', at, text: 'b' } }] };

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  hooks[HOOK] = (text: string, make: () => string | undefined) => {
    const made = kept.get(text) ?? make();
    if (made !== undefined) { kept.set(text, made); }
    return made;
  };
});

afterEach(() => { delete hooks[HOOK]; });

function read(
  text: string,
  tree: Tree | undefined,
  report = new Report('a.yaml'),
): { tree: Tree | undefined; calls: number } {
  let calls = 0;
  return {
    tree: remembered(text, report, () => {
      calls += 1;
      return tree;
    }),
    get calls() {
      return calls;
    },
  };
}

describe('what an inventory was read as', () => {
  test('is the same the second time, without reading', () => {
    expect(read('a: b', TREE)).toEqual({ tree: TREE, calls: 1 });
    expect(read('a: b', TREE)).toEqual({ tree: TREE, calls: 0 });
    expect(read('a: c', TREE)).toEqual({ tree: TREE, calls: 1 });
  });

  test('is not kept when it has mistakes, or nothing came of it', () => {
    const report = new Report('a.yaml');
    report.add('inventory-syntax', at, 'm', 'n');
    expect(read('a: b', TREE, report).calls).toBe(1);
    expect(read('', undefined)).toEqual({ tree: undefined, calls: 1 });
    expect(kept.size).toBe(0);
  });

  test.each([[10n], [Infinity], [NaN], [-0]])('is not kept when JSON cannot say it: %p', (value) => {
    const tree: Tree = { kind: 'number', at, source: 'x', value };
    expect(read('x', tree)).toEqual({ tree, calls: 1 });
    expect(kept.size).toBe(0);
  });

  test('is read each time without the hook', () => {
    delete hooks[HOOK];
    expect(read('a: b', TREE).calls).toBe(1);
    expect(read('a: b', TREE).calls).toBe(1);
  });
});
