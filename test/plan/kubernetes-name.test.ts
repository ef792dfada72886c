import * as fc from 'fast-check';
import { kubernetesName } from '../../src/plan/kubernetes-name';

describe('kubernetesName', () => {
  test.each([
    ['rag_api', 'rag-api'],
    ['a2a_echo_agent_v0_3_0', 'a2a-echo-agent-v0-3-0'],
    ['Web.UI', 'web-ui'],
    ['1password', 'n-1password'],
    ['_data', 'data'],
    ['a_-b', 'a--b'],
    ['a--b', 'a--b'],
    ['__proto__', 'proto'],
    ['_.-', ''],
    [`${'a'.repeat(62)}_b`, 'a'.repeat(62)],
    ['1'.repeat(63), `n-${'1'.repeat(61)}`],
  ])('%j is %j', (name, expected) => {
    expect(kubernetesName(name)).toBe(expected);
  });

  test('is a label for every name, the same when it is applied twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
      const found = kubernetesName(name);
      expect(found).toMatch(/^(?:[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/);
      expect(kubernetesName(found)).toBe(found);
    }));
  });
});
