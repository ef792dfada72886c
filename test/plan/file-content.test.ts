import { contentText, endpointsOf } from '../../src/plan/file-content';
import { ContentPlan, DataPlan, TablePlan } from '../../src/plan/plan';

const endpoint = {
  kind: 'endpoint',
  endpoint: { to: 'service', name: 'app', port: 80, scheme: 'http', suffix: '' },
} as const;

function table(entries: Record<string, DataPlan>): TablePlan {
  return { kind: 'table', entries: Object.entries(entries).map(([name, value]) => ({ name, value })) };
}

const data = table({
  comment: { kind: 'provenance' },
  on: true,
  list: [1, 'a', table({ b: 2 })],
  outer: table({ 'a b': table({ url: endpoint }), 'empty': table({}) }),
});

function text(format: 'json' | 'toml', given: TablePlan, address?: string): string | undefined {
  return contentText([{ kind: 'data', format, data: given }], (piece) =>
    piece.kind === 'endpoint' ? address : 'from',
  );
}

describe('data of a file', () => {
  test('is written as TOML, a table in its own place', () => {
    expect(text('toml', data, 'http://app:80')).toBe(`comment = "from"
on = true
list = [1, "a", { b = 2 }]

[outer."a b"]
url = "http://app:80"

[outer.empty]
`);
  });

  test('is written as JSON', () => {
    expect(JSON.parse(text('json', data, 'http://app:80')!)).toEqual({
      comment: 'from',
      on: true,
      list: [1, 'a', { b: 2 }],
      outer: { 'a b': { url: 'http://app:80' }, 'empty': {} },
    });
  });

  test('keeps strings of TOML in one line without anything hidden in them', () => {
    expect(text('toml', table({ 'a.b': 'a "b" \\ \n\t\u0000 \u007f\u007f \u00e9' }))).toBe(
      '"a.b" = "a \\"b\\" \\\\ \\n\\t\\u0000 \\u007F\\u007F \u00e9"\n',
    );
  });

  test('has no text if nothing is behind an address, and names its addresses', () => {
    expect(text('json', data)).toBeUndefined();
    const content: ContentPlan[] = [{ kind: 'text', text: 'x' }, { kind: 'data', format: 'json', data }];
    const file = { constructPath: 'c', name: 'c', content };
    expect(endpointsOf({ environment: [], mounts: [{ kind: 'file', path: '/c', file }] })).toEqual([endpoint.endpoint]);
  });
});
