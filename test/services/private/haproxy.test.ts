import { Image, User } from '../../../src/core';
import {
  HAPROXY_CONFIG,
  haproxyHead,
  haproxyImage,
  ownAnswer,
  quoted,
  refusal,
} from '../../../src/services/private/haproxy';

describe('a configuration of HAProxy', () => {
  test('has words as they are, whatever is in them', () => {
    expect(['a', 'a b', '', "it's 'x'", '"$\\ #'].map(quoted)).toEqual([
      "'a'",
      "'a b'",
      "''",
      "'it'\\''s '\\''x'\\'''",
      "'\"$\\ #'",
    ]);
  });

  test('answers with an error as coding agents know it', () => {
    expect(refusal(403, "It's no.", '{ a }')).toBe(
      '  http-request deny deny_status 403 content-type application/json string \'{"error":{"message":"It\\u0027s no.","type":"proxy_refused"}}\' if { a }',
    );
    expect(ownAnswer(503, "a'b'c")).toBe(
      '  http-error status 503 content-type application/json string \'{"error":{"message":"a\\u0027b\\u0027c","type":"proxy_refused"}}\'',
    );
  });

  test('begins with where it comes from, limits, and a log without anything that people ask', () => {
    const [mark, provenance, { _spec: lines }] = haproxyHead({
      connections: 7,
      global: ['  one'],
      defaults: ['  two', '  three'],
    });
    expect([mark._spec, provenance._spec]).toEqual([{ kind: 'text', text: '# ' }, { kind: 'provenance' }]);
    expect(lines).toEqual({
      kind: 'text',
      text: `
global
  log stdout format raw local0
  nbthread 2
  maxconn 7
  hard-stop-after 5s
  one

defaults
  mode http
  log global
  log-format "%ci %HM %HPO %ST %B bytes %Ta ms"
  option dontlognull
  option disable-h2-upgrade
  option abortonclose
  retries 1
  timeout connect 5s
  timeout http-request 30s
  timeout http-keep-alive 30s
  timeout client 1m
  timeout queue 1m
  two
  three

`,
    });
    expect(haproxyHead({ connections: 7, defaults: [] })[2]._spec).toMatchObject({
      text: expect.stringContaining('5s\n\ndefaults\n'),
    });
  });

  test('runs in the official image, as its own user', () => {
    expect(haproxyImage('haproxy')).toEqual(Image.fromPin('haproxy', { user: User.of(99), healthTools: ['bash'] }));
    expect(HAPROXY_CONFIG).toBe('/usr/local/etc/haproxy/haproxy.cfg');
  });
});
