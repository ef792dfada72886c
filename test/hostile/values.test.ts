import { testEvery } from './every-input';
import { Outcome, serviceOutcome } from './outcome';
import { appOf, readAlike, READERS } from './readers';
import { EnvironmentValue, Image, JsonPatch, Testing } from '../../src/core';
import { YamlValue, yamlText } from '../../src/util/yaml-text';
import { aService, aToolbox } from '../rules/support';

/** A service that has a text as the value of a variable, as an argument and in overrides of both targets. */
function withText(text: string): Outcome {
  const box = aToolbox();
  const app = aService(box, 'app', { environment: { TEXT: EnvironmentValue.literal(text) }, command: ['x', text] });
  app.overrideCompose('labels', { text }, 'Because');
  app.patchKubernetes(JsonPatch.add('/metadata/annotations/text', text), 'Because');
  const { files, findings } = Testing.synth(box);
  return { files, findings, rules: findings.map(({ rule }) => rule), output: Object.values(files).join('') };
}

function withOverride(value: unknown, key = 'labels'): Outcome {
  const box = aToolbox();
  aService(box, 'app').overrideCompose(key, value, 'Because');
  const { files, findings } = Testing.synth(box);
  return { files, findings, rules: findings.map(({ rule }) => rule), output: Object.values(files).join('') };
}

/** The very text, in every reader, whatever a target writes in front of a dollar. */
function expectSame(text: string): void {
  const { rules, files } = withText(text);
  expect(rules).toEqual([]);
  const { compose, container } = appOf(files);
  const read = [compose.environment.TEXT, compose.command[1], compose.labels.text] as string[];
  expect(read.map((one) => one.replaceAll('$$', '$'))).toEqual([text, text, text]);
  expect([container.env[0].value, container.args[1]]).toEqual([text, text]);
  expect(readAlike(yamlText({ value: text, list: [text], [text]: 'key' }))).toEqual([
    { value: text, list: [text], [text]: 'key' },
  ]);
}

/** Expects a refusal with construct and place, in the model and in the YAML writer, without the text itself. */
function expectRefused(text: string): void {
  const { findings, output } = withText(text);
  expect(output).toBe('');
  expect(findings.map(({ rule, path }) => [rule, path])).toEqual(findings.map(() => ['text-control', 'box/app']));
  expect(findings.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('The variable TEXT holds U+')]),
  );
  expect(JSON.stringify(findings)).not.toContain(JSON.stringify(text).slice(1, -1));
  expect(() => yamlText({ a: { b: text } })).toThrow('Cannot write "a.b" as YAML: it has the character U+');
}

describe('hostile values in YAML', () => {
  testEvery('yaml-value', {}, (text: string, { expect: wanted }) =>
    (wanted.startsWith('refused') ? expectRefused : expectSame)(text),
  );
});

describe('hostile keys in YAML', () => {
  testEvery('yaml-key', {
    'key "\ufeffx"': (key: string) => {
      expect(withOverride({ [key]: 'value' })).toMatchObject({ rules: ['text-control'], output: '' });
      expect(() => yamlText({ [key]: 'value' })).toThrow('U+FEFF');
    },
  }, (key: string) => {
    const { rules, files } = withOverride(Object.fromEntries([[key, 'value']]));
    expect(rules).toEqual([]);
    const own = (map: object): unknown => [
      Object.getOwnPropertyNames(map),
      Object.getPrototypeOf(map) === Object.prototype,
    ];
    expect(own(appOf(files).compose.labels as object)).toEqual([[key], true]);
    const text = yamlText(Object.fromEntries([[key, 'value']]));
    Object.values(READERS).forEach((read) => expect(own(read(text)[0] as object)).toEqual([[key], true]));
    // a variable may have a name that YAML would take for something else, or none at all
    const { rules: refused } = serviceOutcome({ environment: { [`${key}`]: EnvironmentValue.literal('x') } });
    expect(refused).toEqual(/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) || key === '__proto__' ? [] : ['name-grammar']);
  });
});

describe('hostile structure in YAML', () => {
  testEvery('yaml-structure', {
    'shared object reference': () => {
      const shared = { x: 'y' };
      const { files, output } = withOverride({ a: shared, b: shared }, 'x-any');
      expect(appOf(files).compose['x-any']).toEqual({ a: { x: 'y' }, b: { x: 'y' } });
      expect(output).not.toMatch(/: [&*]/);
    },
    'cyclic object': () => {
      const cyclic: Record<string, unknown> = {};
      cyclic.cycle = { back: cyclic };
      const { findings, output } = withOverride(cyclic);
      expect(findings).toMatchObject([
        { rule: 'override-data', path: 'box/app', message: 'In the override of labels "cycle.back" contains itself.' },
      ]);
      expect(output).toBe('');
      expect(() => yamlText(cyclic as YamlValue)).toThrow('Cannot write "cycle.back" as YAML: it contains itself.');
    },
    'Date object': () => {
      expect(withOverride({ d: new Date(0) })).toMatchObject({ rules: ['override-data'], output: '' });
      expect(() => yamlText({ d: new Date(0) as unknown as YamlValue })).toThrow('Cannot write "d" as YAML');
    },
    'empty map / list': (input: YamlValue) => {
      expect(appOf(withOverride(input, 'x-any').files).compose['x-any']).toEqual({ a: {}, b: [] });
      expect(yamlText(input)).toBe('a: {}\nb: []\n');
    },
    'key order': (pairs: [string, number][]) => {
      const more: [string, number][] = [...pairs, ['10', 3], ['9', 4]];
      const render = (entries: [string, number][]) => withOverride(Object.fromEntries(entries)).files;
      expect(render(more)).toEqual(render([...more].reverse()));
    },
    'multi-line with trailing spaces': expectSame,
    'YAML injection by image': (reference: string) => {
      expect(serviceOutcome({ image: Image.fromRegistry(reference) })).toMatchObject({
        rules: expect.arrayContaining(['image-reference']),
        output: '',
      });
      expect(
        serviceOutcome({ image: Image.fromRegistry('nginx', { tag: reference.slice('nginx:'.length) }) }),
      ).toMatchObject({ rules: expect.arrayContaining(['image-reference']), output: '' });
    },
    '%YAML / tag injection': expectSame,
  });
});
