import { Severity } from '../../src/core';
import { judge, Rule } from '../../src/rules';
import { RuleContext, Violation } from '../../src/rules/rule';
import { aPlan, aService } from '../plan/plan-builder';

function aRule(facts: Partial<Rule> = {}): Rule {
  return {
    id: 'some',
    severity: 'error',
    title: 'T',
    fix: 'Fix it.',
    waivable: true,
    facets: [],
    check: () => [{ path: 'box/a', message: 'Wrong.' }],
    ...facts,
  };
}

function aWaiver(rule: string, scope: string) {
  return { path: `${scope}/w`, rule, scope, reason: 'It is right here.', blocksApproval: false };
}

describe('judging a plan', () => {
  test('sorts by path, then rule, then message', () => {
    const told = (...said: [string, string][]) => () => said.map(([path, message]) => ({ path, message }));
    const rules = [
      aRule({ id: 'z', check: told(['b', '1'], ['a', '2'], ['a', '1']) }),
      aRule({ id: 'y', check: told(['a', '3']) }),
    ];
    expect(
      judge(aPlan(), rules, () => undefined).map(({ path, rule, message }) => `${path} ${rule} ${message}`),
    ).toEqual(['a y 3', 'a z 1', 'a z 2', 'b z 1']);
  });

  test('gives a finding the fix and the place of its own, or else those of the rule and of the construct', () => {
    const location = { file: 'inventories/versions.yaml', line: 7 };
    const rule = aRule({
      severity: 'warning',
      check: () => [
        { path: 'box/a', message: '1' },
        { path: 'box/a', message: '2', fix: 'Do this.', location },
      ],
    });
    expect(judge(aPlan(), [rule], (path) => ({ file: `${path}.ts`, line: 1 }))).toEqual([
      {
        rule: 'some',
        severity: Severity.WARNING,
        path: 'box/a',
        location: { file: 'box/a.ts', line: 1 },
        message: '1',
        fix: 'Fix it.',
        waived: undefined,
      },
      {
        rule: 'some',
        severity: Severity.WARNING,
        path: 'box/a',
        location,
        message: '2',
        fix: 'Do this.',
        waived: undefined,
      },
    ]);
  });

  test.each([
    ['the construct', 'some', 'box/a', true],
    ['one above it', 'some', 'box', true],
    ['one below it', 'some', 'box/a/b', false],
    ['one whose name begins alike', 'some', 'bo', false],
    ['another rule', 'other', 'box/a', false],
  ])('a waiver on %s: %s at %s', (_, rule, scope, lets) => {
    const [finding] = judge(aPlan({ waivers: [aWaiver(rule, scope)] }), [aRule()], () => undefined);
    expect(finding.waived).toBe(lets ? 'It is right here.' : undefined);
  });

  test('a rule that cannot be waived is not', () => {
    expect(
      judge(aPlan({ waivers: [aWaiver('some', 'box')] }), [aRule({ waivable: false })], () => undefined)[0].waived,
    ).toBeUndefined();
  });

  test('rules look up the first service of a name, and begin with nothing found, told or rendered', () => {
    const [first, second] = ['box/first', 'box/second'].map((path) => aService({ name: 'same', path }));
    const check = jest.fn<Violation[], [RuleContext]>(() => []);
    judge(aPlan({ services: [first, second] }), [aRule({ check })], () => undefined);
    const [[{ services, findings, fidelity, files }]] = check.mock.calls;
    expect(services.get('same')).toBe(first);
    expect([findings, fidelity, files]).toEqual([[], [], []]);
  });
});
