import { EnvironmentValue, Image, Network, Parameter, Service, Testing, Toolbox, Waiver } from '../../src/core';

test('a parameter has another default at one place', () => {
  const toolbox = new Toolbox('shop', { title: 'Shop', description: 'Two services.' });
  const level = new Parameter(toolbox, 'LEVEL', { default: 'info', description: 'Level of the log.' });
  const networks = [new Network(toolbox, 'inner')];
  const image = Image.fromRegistry('caddy', { tag: '2.8.4' });
  new Service(toolbox, 'a', { image, networks, environment: { LEVEL: EnvironmentValue.literal(level.asString()) } });
  new Service(toolbox, 'b', {
    image,
    networks,
    command: [`--level=${level.withDefault('debug')}`, `--all=${level}`],
  });
  for (const rule of ['image-digest', 'service-health', 'service-limits']) {
    new Waiver(toolbox, rule, { rule, reason: 'Not what this test is about.' });
  }
  const { files, findings } = Testing.synth(toolbox);
  expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
  const text = files['compose/docker-compose.draft.yml'];
  expect(text).toContain("LEVEL: '${LEVEL:-info}'");
  expect(text).toContain('--level=${LEVEL:-debug}');
  expect(text).toContain('--all=${LEVEL:-info}');
});
