import { Kit, SUBJECTS, TOOLBOX } from './every-property';
import { Testing, Toolbox } from '../../src/core';

const elsewhere = new Kit();
const itself: Record<string, unknown> = {};
itself.itself = itself;

/** What a program without types may give in place of anything. */
const WRONG: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['5', 5],
  ['a bigint', 5n],
  ['a text', 'text'],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['[]', []],
  ['[undefined]', [undefined]],
  ['[null]', [null]],
  ['[5]', [5]],
  ['[{}]', [{}]],
  ['{}', {}],
  ['an unknown property', { a: 1 }],
  ['what contains itself', itself],
  ['a date', new Date(0)],
  ['a map', new Map([['a', 'b']])],
  ['a service of another toolbox', elsewhere.other],
  ['networks of another toolbox', [elsewhere.network]],
  ['a network of another toolbox', elsewhere.network],
  ['a volume of another toolbox', elsewhere.volume],
  ['a part of another toolbox', elsewhere.part],
  ['a secret of another toolbox', elsewhere.secret],
];

/** Names the property and the expected type; an internal stack trace does neither. */
const CLEAR = /^[A-Za-z][^:]*: (?:"[^"]+" is .* \(expected .*\)\.|there is no property .* Did you mean ".*"\?)$/;

/** Returns the outcome: `refused`, `found`, `taken`, or what is wrong with the report. */
function outcomeOf(build: () => Toolbox): string {
  let box: Toolbox;
  try {
    box = build();
  } catch (error) {
    return CLEAR.test((error as Error).message) ? 'refused' : String((error as Error).stack);
  }
  const { findings, files } = Testing.synth(box);
  const errors = findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined);
  const vague = errors.filter(({ path, location, fix }) => !path || !location || !fix);
  if (vague.length > 0) { return JSON.stringify(vague); }
  return errors.length > 0 && Object.keys(files).length === 0 ? 'found' : 'taken';
}

describe('whatever a program without types gives', () => {
  test.each(SUBJECTS)(
    '$name: each property is accepted, reported with its place, or refused by name',
    ({ props, make }) => {
      const build = make as (kit: Kit, given: object) => unknown;
      for (const key of Object.keys(props(new Kit()))) {
        for (const [what, value] of WRONG) {
          const outcome = outcomeOf(() => {
            const kit = new Kit();
            build(kit, { ...props(kit), [key]: value });
            return kit.box;
          });
          expect({ key, what, outcome }).toEqual({
            key,
            what,
            outcome: expect.stringMatching(/^(?:refused|found|taken)$/),
          });
          if (what.endsWith('of another toolbox')) {
            expect({
              key,
              what,
              outcome,
              written: /options|value$|concurrency$/.test(key) ? '' : outcome.replace(/refused|found/, ''),
            }).toMatchObject({ written: '' });
          }
        }
      }
    },
  );

  test.each(Object.keys(TOOLBOX))('the %s of a toolbox is accepted, reported or refused by name', (key) => {
    for (const [what, value] of WRONG) {
      expect({ what, outcome: outcomeOf(() => new Kit({ ...TOOLBOX, [key]: value } as never).box) }).toEqual({
        what,
        outcome: expect.stringMatching(/^(?:refused|found|taken)$/),
      });
    }
  });

  test('what sources of one\'s own give is looked at as well', () => {
    const location = { file: 'x', line: 1 };
    for (const given of [
      { pins: { pins: [null], findings: [] } },
      { pins: { pins: [{ component: 'a', title: 'A', runsOn: 'host', decided: true, location }], findings: [] } },
      { pins: { pins: [], findings: [{ rule: 'r' }] } },
      { evidence: { directory: 'e', records: [{ check: 'c' }], findings: [] } },
      { approval: { file: 'a', record: {}, findings: [] } },
      { linterSuppressions: { entries: [undefined], findings: [] } },
    ]) {
      expect(outcomeOf(() => new Kit(given as never).box)).toBe('refused');
    }
  });

  test('nothing else is a toolbox, a scope or a name', () => {
    for (const [, value] of WRONG.filter(([what]) => !what.includes('another'))) {
      expect(() => Testing.synth(value as never)).toThrow('Testing.synth: "toolbox" is ');
    }
    const { box } = new Kit();
    const [{ make }] = SUBJECTS.filter(({ name }) => name === 'Network');
    expect(() => make({ box: undefined } as never, {} as never)).toThrow(
      'new Network: "scope" is missing (expected a construct).',
    );
    expect(() => new Toolbox(5 as never, { title: 't', description: 'd' })).toThrow(
      'new Toolbox: "name" is a number (expected a text).',
    );
    expect(box.title).toBe('Box');
  });
});
