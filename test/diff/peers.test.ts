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
