import { aService, aToolbox, findings } from './support';
import { IRule, Service, Severity, Testing, Toolbox, Waiver } from '../../src/core';
import { explain } from '../../src/explain/explanation';
import { resolve } from '../../src/plan/resolve';
import { modelRule } from '../../src/rules/model-rule';

const DESCRIBED: IRule = {
  id: 'acme-described',
  severity: Severity.ERROR,
  title: 'Every service says what it does',
  fix: 'Set "description".',
  facets: ['identity'],
  check: (toolbox: Toolbox) =>
    toolbox.node
      .findAll()
      .filter((construct): construct is Service => Service.isService(construct))
      .filter(({ description }) => description === '')
      .map((construct) => ({ construct, message: `The service "${construct.name}" has no description.` })),
};

function said(...rules: Partial<IRule>[]): string[] {
  const box = aToolbox();
  rules.forEach((rule) => box.addRule({ ...DESCRIBED, ...rule }));
  return findings(box, modelRule).map(({ message }) => message);
}

describe('a rule of the model', () => {
  function aBox(): Toolbox {
    const box = aToolbox();
    aService(box, 'app');
    box.addRule(DESCRIBED);
    return box;
  }
  const own = (box: Toolbox) => Testing.synth(box).findings.filter(({ rule }) => rule === DESCRIBED.id);

  test('is reported like the rules of the library, and stops the synthesis', () => {
    expect(own(aBox())).toMatchObject([
      {
        severity: 'error',
        path: 'box/app',
        location: { file: 'test/rules/support.ts' },
        message: 'The service "app" has no description.',
        fix: 'Set "description".',
      },
    ]);
    expect(Testing.synth(aBox()).files).toEqual({});
  });

  test('is waived like them, unless it says otherwise', () => {
    const box = aBox();
    new Waiver(box, 'waiver', { rule: DESCRIBED.id, reason: 'It is a prototype.' });
    expect(own(box)).toMatchObject([{ waived: 'It is a prototype.' }]);
    const strict = aToolbox();
    aService(strict, 'app');
    strict.addRule({ ...DESCRIBED, waivable: false });
    new Waiver(strict, 'waiver', { rule: DESCRIBED.id, reason: 'It is a prototype.' });
    expect(own(strict).map(({ waived }) => waived)).toEqual([undefined]);
    expect(Testing.synth(strict).findings.map(({ rule }) => rule)).toContain('waiver');
  });

  test('is explained like them', () => {
    const { plan } = resolve(aBox());
    const subject = { constructs: ['box/app'], facets: ['identity'], components: [], overrides: [] } as const;
    expect(explain(plan, { ...subject, facets: [...subject.facets] } as never, {}).rules.map(({ id }) => id)).toContain(
      DESCRIBED.id,
    );
  });
});

describe('rule model-rule', () => {
  test('reports ids that are invalid or taken, and rules without words', () => {
    expect(said({}, {})).toEqual([
      'There is another rule "acme-described".',
      'There is another rule "acme-described".',
    ]);
    expect(said({ id: 'secret-value' })).toEqual(['There is another rule "secret-value".']);
    expect(said({ id: 'A b' })).toEqual(['"A b" is not a valid rule id.']);
    expect(said({ title: ' ' })).toEqual(['The rule "acme-described" has no title or no fix.']);
    expect(said({})).toEqual([]);
  });

  test('reports a rule that throws or returns something else', () => {
    expect(
      said({
        check: () => {
          throw new Error('no network');
        },
      }),
    ).toEqual(['The check threw an error: no network']);
    expect(said({ check: () => undefined as never })).toEqual([expect.stringMatching(/^The check threw an error: /)]);
    expect(said({ check: () => [{}] as never })).toEqual([expect.stringMatching(/^The check threw an error: /)]);
  });

  test('refuses what no type allows', () => {
    expect(() => aToolbox().addRule({ ...DESCRIBED, check: 'x' } as never)).toThrow(/check/);
  });
});
