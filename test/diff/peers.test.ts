import { linesOf, Texts } from './support';

function crowd(count: number, port: number): Texts {
  const services = Array.from(
    { length: count },
    (_, index) => `  s${index}: { image: a, networks: [all], expose: ['${index === 0 ? port : 80}'] }\n`,
  );
  return new Map([
    ['compose/docker-compose.yml', `services:\n${services.join('')}networks:\n  all: { internal: true }\n`],
  ]);
}

/** Services on one network of a cluster. */
function pods(count: number, port: number): Texts {
  const selector = '{ matchLabels: { net: all } }';
  const texts = Array.from({ length: count }, (_, index): [string, string] => {
    const number = index === 0 ? port : 80;
    const template = `{ metadata: { labels: { name: s${index}, net: all } }, spec: { containers: [{ name: s${index}, `
      + `image: a, ports: [{ containerPort: ${number} }] }] } }`;
    return [
      `kubernetes/services/s${index}.yaml`,
      [
        `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: s${index} }, spec: { template: ${template} } }`,
        `{ kind: NetworkPolicy, metadata: { name: s${index} }, spec: { podSelector: { matchLabels: { name: s${index} } }, ` +
          `policyTypes: [Ingress], ingress: [{ from: [{ podSelector: ${selector} }], ports: [{ port: ${number} }] }] } }`,
      ].join('\n---\n'),
    ];
  });
  const out =
    `{ kind: NetworkPolicy, metadata: { name: all }, spec: { podSelector: ${selector}, policyTypes: [Egress], ` +
    `egress: [{ to: [{ podSelector: ${selector} }], ports: [{ port: ${port} }, { port: 80 }] }] } }`;
  return new Map([...texts, ['kubernetes/network-policies.yaml', out]]);
}

test('lists a few peers of a cluster by name, and many by count', () => {
  const widened = (count: number): string[] =>
    linesOf(pods(count, 80), pods(count, 81)).filter((line) => line.includes('reache'));
  expect(widened(3)).toEqual([
    'widened  s1  reaches s0:81/tcp: added  (kubernetes)', 'widened  s2  reaches s0:81/tcp: added  (kubernetes)',
    'narrowed  s1  reaches s0:80/tcp: removed  (kubernetes)', 'narrowed  s2  reaches s0:80/tcp: removed  (kubernetes)',
  ]);
  expect(widened(300)).toEqual([
    'widened  s0  reached on 81/tcp: added (by 299 services)  (kubernetes)',
    'narrowed  s0  reached on 80/tcp: removed (by 299 services)  (kubernetes)',
  ]);
});

test('lists a few peers by name', () => {
  expect(linesOf(crowd(3, 80), crowd(3, 81)).filter((line) => line.startsWith('widened'))).toEqual([
    'widened  s1  reaches s0:81/tcp: added  (compose)', 'widened  s2  reaches s0:81/tcp: added  (compose)',
  ]);
});

test('reports many peers by count, so that the output stays short', () => {
  expect(linesOf(crowd(1000, 80), crowd(1000, 81)).filter((line) => line.startsWith('widened'))).toEqual([
    'widened  s0  reached on 81/tcp: added (by 999 services)  (compose)',
  ]);
});
