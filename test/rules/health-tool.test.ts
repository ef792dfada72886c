import { advice, aService, goodImage, messages } from './support';
import { HealthCheck } from '../../src/core';
import { healthTool } from '../../src/rules/health-tool';

describe('rule health-tool', () => {
  test('fails for a program that the image lacks', () => {
    expect(
      messages(healthTool, (box) =>
        aService(box, 'a', {
          image: goodImage({ healthTools: ['ollama'] }),
          healthCheck: HealthCheck.command(['curl', 'x']),
        }),
      ),
    ).toEqual(['The health check calls "curl", which the image lacks; health tools of the image: ollama.']);
  });

  test('fails when nothing in the image can check over HTTP or TCP', () => {
    expect(
      messages(healthTool, (box) =>
        aService(box, 'a', { image: goodImage({ healthTools: [] }), healthCheck: HealthCheck.http(80, '/') }),
      ),
    ).toEqual(['The image has no tool for http health checks; health tools of the image: none.']);
    expect(
      messages(healthTool, (box) =>
        aService(box, 'a', { image: goodImage({ healthTools: ['', 'ls'] }), healthCheck: HealthCheck.tcp(80) }),
      ),
    ).toEqual(['The image has no tool for tcp health checks; health tools of the image: , ls.']);
  });

  test('refuses an empty command, and trusts a shell', () => {
    const on = (healthCheck: HealthCheck) => advice(healthTool, (box) => aService(box, 'a', { healthCheck }));
    const empty = [[
      'The command of the health check is empty.', 'Name a program and its arguments, or leave the health check out.',
    ]];
    expect(on(HealthCheck.command([]))).toEqual(empty);
    expect(on(HealthCheck.command(['', 'x']))).toEqual(empty);
    expect(on(HealthCheck.shell(' '))).toEqual(empty);
    expect(on(HealthCheck.shell('redis-cli ping | grep -q PONG'))).toEqual([]);
    expect(on(HealthCheck.fromImage())).toEqual([]);
    expect(on(HealthCheck.none())).toEqual([]);
  });

  test('names every tool that there is instead', () => {
    expect(
      messages(healthTool, (box) =>
        aService(box, 'a', {
          image: goodImage({ healthTools: ['nc', 'ollama'] }),
          healthCheck: HealthCheck.command(['curl']),
        }),
      ),
    ).toEqual(['The health check calls "curl", which the image lacks; health tools of the image: nc, ollama.']);
  });

  test('accepts a service without a check', () => {
    expect(messages(healthTool, (box) => aService(box, 'a', { healthCheck: undefined }))).toEqual([]);
  });

  test('accepts the first program of the image that can', () => {
    for (const tool of ['curl', 'wget', 'node']) {
      expect(
        messages(healthTool, (box) =>
          aService(box, 'a', { image: goodImage({ healthTools: [tool] }), healthCheck: HealthCheck.http(80, '/') }),
        ),
      ).toEqual([]);
    }
    expect(
      messages(healthTool, (box) =>
        aService(box, 'a', { image: goodImage({ healthTools: ['nc'] }), healthCheck: HealthCheck.tcp(80) }),
      ),
    ).toEqual([]);
  });
});
