import { createHash } from 'node:crypto';
import { OutputLog } from '../../src/verify/output-log';
import { hideValue } from '../../src/verify/redaction/hidden-value';
import { Redactor } from '../../src/verify/redaction/redactor';

const redactor = new Redactor(hideValue('TOKEN', 'canary-value'));

function log(parts: readonly (string | Uint8Array)[], expected?: string) {
  const listener = new OutputLog(redactor, expected);
  parts.forEach((part) => listener.hear(typeof part === 'string' ? Buffer.from(part) : part));
  return listener.end();
}

test('the digest is that of the redacted output, however it arrives', () => {
  const text = 'one \u001b[31mcanary\u001b[0m-value\r\n50%\r100%\r\nü😀\u001b]0;title\u0007end\n';
  const digest = `sha256:${createHash('sha256').update('one [redacted TOKEN]\n50%\n100%\nü😀end\n').digest('hex')}`;
  expect(log([text])).toEqual({ digest, tail: 'one [redacted TOKEN]\n50%\n100%\nü😀end', hasExpected: true });
  expect(log([...Buffer.from(text)].map((byte) => Uint8Array.of(byte))).digest).toBe(digest);
});

test('the last lines are kept, and no more than fits', () => {
  expect(log([Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join('')]).tail.split('\n')).toEqual(
    Array.from({ length: 20 }, (_, index) => `line ${index + 80}`),
  );
  expect(log(['x'.repeat(100_000)]).tail).toBe('x'.repeat(4_000));
  expect(log(['']).tail).toBe('');
});

test('the expected text is found across parts, and before paths and secrets are taken out', () => {
  expect(log(['all initi', 'alised\n'], 'initialised').hasExpected).toBe(true);
  expect(log(['it is canary-', 'value'], 'is canary-value').hasExpected).toBe(true);
  expect(log(['nothing'], 'initialised').hasExpected).toBe(false);
});

test('bytes that are no text, and sequences that never end, do no harm', () => {
  expect(log([Uint8Array.of(0x61, 0xff, 0xfe, 0x00, 0x62)]).tail).toBe('a��b');
  expect(log([`\u001b]${'x'.repeat(20_000)}`, 'canary-value']).tail).toMatch(/x\[redacted TOKEN\]$/);
  expect(log(['a\u001b[', '31', 'mb\u202ec\u200bd']).tail).toBe('abcd');
});

test('memory does not grow with the output', () => {
  const listener = new OutputLog(redactor, 'never there');
  const part = Buffer.from(`${'some output of a program that never ends '.repeat(1_600)}\n`);
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 3_000; round++) { listener.hear(part); }
  expect(listener.end().hasExpected).toBe(false);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
}, 60_000);
