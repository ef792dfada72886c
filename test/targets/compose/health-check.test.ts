import { parse } from 'yaml';
import { HealthCheck } from '../../../src/core';
import { Duration } from '../../../src/model/duration';
import { resolve } from '../../../src/plan/resolve';
import { healthTool } from '../../../src/rules/health-tool';
import { renderCompose } from '../../../src/targets/compose';
import { readCompose } from '../../../src/targets/compose/read/read-compose';
import { aService, aToolbox, findings } from '../../rules/support';

function composeOf(healthCheck: HealthCheck): { readonly healthcheck: any; readonly read: any } {
  const box = aToolbox();
  aService(box, 'a', { healthCheck });
  expect(findings(box, healthTool)).toEqual([]);
  const { files } = renderCompose(resolve(box).plan);
  const document = parse(files.find(({ path }) => path.endsWith('.yml'))!.content);
  return {
    healthcheck: document.services.a.healthcheck,
    read: readCompose(document, new Map()).services[0].healthCheck,
  };
}

function readTest(test: unknown): unknown {
  return readCompose({ services: { a: { healthcheck: { test } } } }, new Map()).services[0].healthCheck?.probe;
}

describe('the health check of a service', () => {
  test('is a command line for a shell if the model says so', () => {
    const { healthcheck, read } = composeOf(HealthCheck.shell('redis-cli ping | grep "$X" || exit 1'));
    expect(healthcheck.test).toEqual(['CMD-SHELL', 'redis-cli ping | grep "$$X" || exit 1']);
    expect(read.probe).toEqual({ kind: 'command', command: ['/bin/sh', '-c', 'redis-cli ping | grep "$X" || exit 1'] });
  });

  test('has an interval of its own for the start if the model says so', () => {
    const check = HealthCheck.command(['curl'], { startInterval: Duration.seconds(2) });
    expect(composeOf(check)).toMatchObject({
      healthcheck: { start_interval: '2s' },
      read: { startIntervalSeconds: 2 },
    });
    expect(composeOf(HealthCheck.command(['curl'])).healthcheck).not.toHaveProperty('start_interval');
  });

  test('is left to the image, or turned off', () => {
    expect(composeOf(HealthCheck.fromImage()).healthcheck).toBeUndefined();
    expect(composeOf(HealthCheck.none())).toEqual({
      healthcheck: { disable: true },
      read: { probe: { kind: 'none' } },
    });
  });

  test('is read in every form that Compose knows', () => {
    const shell = { kind: 'command', command: ['/bin/sh', '-c', 'a b || exit 1'] };
    expect(readTest('a b || exit 1')).toEqual(shell);
    expect(readTest(['CMD-SHELL', 'a b || exit 1'])).toEqual(shell);
    expect(readTest(['CMD', 'a', 'b'])).toEqual({ kind: 'command', command: ['a', 'b'] });
    expect(readTest(['NONE'])).toEqual({ kind: 'none' });
    expect(readTest('NONE')).toEqual({ kind: 'none' });
  });
});
