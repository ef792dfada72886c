import { Finding, Severity } from '../../../src/core';
import { redactFindings } from '../../../src/rules/private/secrets';

const finding = (message: string, path?: string): Finding => ({
  rule: 'r',
  severity: Severity.ERROR,
  path,
  message,
  fix: 'm',
});
const said = (message: string): string => redactFindings([finding(message)])[0].message;

describe('findings as they are shown', () => {
  test('have an end, and no half of a sign there', () => {
    expect(said('x'.repeat(1000))).toBe('x'.repeat(1000));
    expect(said('x'.repeat(1_000_000))).toBe(`${'x'.repeat(1000)}… (1000000 characters)`);
    expect(said(`${'x'.repeat(999)}\u{1f600}`)).toBe(`${'x'.repeat(999)}… (1001 characters)`);
  });

  test('repeat no secret, in message or path', () => {
    const token = `ghp_${'0aA'.repeat(12)}`;
    expect(redactFindings([finding(`"${token}" is no name.`, `box/${token}`), finding('m')])).toEqual([
      finding('"(a GitHub token)" is no name.', 'box/(a GitHub token)'),
      finding('m'),
    ]);
  });
});
