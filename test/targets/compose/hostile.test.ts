import * as jsYaml from 'js-yaml';
import { hostilePlan, hostileVariables } from './hostile-plan';
import { Markers } from '../../../src/plan/parameters';
import { EnvFilePlan, Plan } from '../../../src/plan/plan';
import { renderCompose } from '../../../src/targets/compose';
import { interpolated } from '../../../src/targets/compose/interpolation';
import { yamlText } from '../../../src/util/yaml-text';
import { hostileInputs } from '../../hostile/emitters';
import { planFacts } from '../../parity/plan-facts';
import { composeFacts } from '../../parity/stated-facts';
import { aPlan, aService, anImage } from '../../plan/plan-builder';

interface Parsed {
  readonly services: Record<
    string,
    { readonly environment: Record<string, string>; readonly command: string[]; readonly ports: unknown[] }
  >;
}

function parsed(plan: Plan): Parsed {
  return jsYaml.load(renderCompose(plan).files[0].content) as Parsed;
}

function withEnvFile(facts: Partial<EnvFilePlan>): Plan {
  return aPlan({ envFiles: [{ path: 'box/local', file: '.env.local', name: 'local', keys: [], ...facts }] });
}

function exampleOf(plan: Plan): string {
  return renderCompose(plan).files.find((file) => file.path.endsWith('.example'))?.content ?? '';
}

const literals = hostileInputs('compose-interp').filter(
  (one) => typeof one.input === 'string' || Array.isArray(one.input),
);

describe('text that Compose would look into', () => {
  test.each(literals)('$name comes back as it was, with every dollar doubled', ({ input }) => {
    const texts = (Array.isArray(input) ? input : [input]) as string[];
    const plan = aPlan({
      services: [
        aService({ command: texts, environment: [{ name: 'TEXT', value: { kind: 'literal', text: texts[0] } }] }),
      ],
    });
    const { web } = parsed(plan).services;
    expect(web.command).toEqual(texts.map((text) => text.split('$').join('$$')));
    expect(web.environment.TEXT).toBe(texts[0].split('$').join('$$'));
    expect(composeFacts(renderCompose(plan).files, plan)).toEqual(planFacts(plan, 'workstation'));
  });

  test('a dollar in a key stays single', () => {
    const document = { labels: { a$b: 'x$y', list: ['$', { c$: 1 }] } };
    expect(yamlText(document, { escape: (text) => interpolated(text, Markers.NONE) })).toBe(
      yamlText({ labels: { a$b: 'x$$y', list: ['$$', { c$: 1 }] } }),
    );
  });

  test('a variable that was meant is no part of the model: it comes out as text', () => {
    const overrides = {
      compose: [{ key: 'hostname', value: '${TOKEN:?TOKEN is required}', reason: 'Why not.' }],
      kubernetes: [],
    };
    expect(renderCompose(aPlan({ services: [aService({ overrides })] })).files[0].content).toContain(
      "hostname: '$${TOKEN:?TOKEN is required}'",
    );
  });

  test('all hostile text in all places is read back as it was', () => {
    const plan = hostilePlan();
    const facts = composeFacts(renderCompose(plan).files, plan);
    expect(facts).toEqual(planFacts(plan, 'workstation'));
    expect(facts.services.hostile.environment).toEqual(hostileVariables());
  });
});

describe('env files', () => {
  test.each(hostileInputs('env-file').filter((one) => /key/.test(one.name)))('fails on $name', ({ input }) => {
    const plan = withEnvFile({ keys: [{ name: input as string, description: '', usedBy: [] }] });
    expect(() => renderCompose(plan)).toThrow(`box/local: ${JSON.stringify(input)} cannot be a key of an env file.`);
  });

  test.each(hostileInputs('env-file').filter((one) => !/key/.test(one.name)))(
    '$name in a description stays a comment, and no value is ever written',
    ({ input }) => {
      const description = `${input as string}\nLEAK=${input as string}\r\nOTHER=1\u2028THIRD=2\x85FOURTH=3`;
      const lines = exampleOf(withEnvFile({ keys: [{ name: 'KEY', description, usedBy: [] }] })).split('\n');
      expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['KEY=']);
    },
  );
});

describe('hostile structure', () => {
  test('fails on an image that would bring keys of its own, by quoting it', () => {
    const plan = aPlan({
      services: [
        aService({
          image: anImage({ repository: 'nginx:1\n    privileged: true', tag: undefined, digest: undefined }),
        }),
      ],
    });
    expect(parsed(plan).services.web).not.toHaveProperty('privileged');
  });

  test('a source with a line feed stays in the comment', () => {
    const [main] = renderCompose(aPlan({ source: 'src/main.ts\nservices: {}' })).files;
    expect(jsYaml.load(main.content)).toEqual({ name: 'box', services: {} });
  });

  test('the order of keys in an override does not count', () => {
    const render = (value: unknown) =>
      renderCompose(
        aPlan({
          services: [aService({ overrides: { compose: [{ key: 'labels', value, reason: 'Y' }], kubernetes: [] } })],
        }),
      ).files;
    expect(render({ b: '1', a: '2', 10: '3', 9: '4' })).toEqual(render({ 9: '4', a: '2', 10: '3', b: '1' }));
  });

  test.each([
    ['a date', new Date(0), 'services.web.labels.x'],
    ['a function', () => 1, 'services.web.labels.x'],
    ['not a number', NaN, 'services.web.labels.x'],
    ['a control character', '\u0007', 'services.web.labels.x'],
  ])('fails on %s in an override, with its place', (_, value, place) => {
    const overrides = { compose: [{ key: 'labels', value: { x: value }, reason: 'Y' }], kubernetes: [] };
    expect(() => renderCompose(aPlan({ services: [aService({ overrides })] }))).toThrow(place);
  });

  test('fails on an override that contains itself', () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    const overrides = { compose: [{ key: 'labels', value, reason: 'Y' }], kubernetes: [] };
    expect(() => renderCompose(aPlan({ services: [aService({ overrides })] }))).toThrow(
      'box/web: the override of labels contains itself',
    );
  });

  test('fails on scratch space whose path Compose would cut', () => {
    const plan = aPlan({
      services: [aService({ mounts: [{ kind: 'scratch', path: '/a:b', megabytes: 1, executable: false }] })],
    });
    expect(() => renderCompose(plan)).toThrow('box/web: scratch space at "/a:b"');
  });
});

describe('ports', () => {
  const numbers = hostileInputs('port').filter((one) => typeof one.input === 'number' && one.input !== 22);

  test.each(numbers)('fails on the port $name', ({ input }) => {
    const port = { name: 'http', port: input as number, protocol: 'tcp' as const, exposure: 'internal' as const };
    expect(() => renderCompose(aPlan({ services: [aService({ ports: [port] })] }))).toThrow('box/web: ');
  });

  test.each(hostileInputs('port').filter((one) => typeof one.input === 'string'))(
    'fails on $name in place of a number',
    ({ input }) => {
      const port = {
        name: 'http',
        port: 80,
        protocol: 'tcp' as const,
        exposure: 'loopback' as const,
        hostPort: input as unknown as number,
      };
      const network = { path: 'box/out', name: 'out', description: '', egress: 'internet' as const, members: ['web'] };
      const plan = aPlan({
        services: [aService({ ports: [port], attachments: [{ network: 'out', aliases: [] }] })],
        networks: [network],
      });
      expect(() => renderCompose(plan)).toThrow('box/web: ');
    },
  );
});
