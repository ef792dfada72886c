import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Denial } from '../../src/tools/tool';
import { isWellFormed, parsePath } from '../../src/workspace';
import { belowRoot } from '../../src/workspace/path-text';

function ruleOf(text: string, roots?: string[]): string {
  try {
    return parsePath(text, roots).relative;
  } catch (error) {
    return error instanceof Denial ? error.rule : String(error);
  }
}

describe('the text of a path', () => {
  it.each([
    ['ok.txt', 'ok.txt'],
    ['./docs//a.md', 'docs/a.md'],
    ['', ''],
    ['.', ''],
    ['-rf', '-rf'],
    ['line1\nline2.md', 'line1\nline2.md'],
    ['..%2foutside', '..%2foutside'],
    ['~/.ssh', '~/.ssh'],
    ['...', '...'],
    ['é/😀', 'é/😀'],
  ])('%j is %j below the root', (text, relative) => {
    expect(parsePath(text).relative).toBe(relative);
  });

  it.each([
    ['a\0b', 'path.nul'],
    ['a\ud800', 'path.encoding'],
    ['..', 'path.parent'],
    ['a/../b', 'path.parent'],
    ['a/..', 'path.parent'],
    ['..\\outside', 'path.backslash'],
    ['/etc/passwd', 'path.absolute'],
    ['//////etc/passwd', 'path.absolute'],
    ['a/'.repeat(300), 'path.depth'],
    ['a'.repeat(5000), 'path.length'],
  ])('fails for %j by %s', (text, rule) => {
    expect(ruleOf(text)).toBe(rule);
  });

  it('may be as long and as deep as a kernel takes it, in bytes, and no more', () => {
    expect(ruleOf('\u00e9'.repeat(2048))).toBe('\u00e9'.repeat(2048));
    expect(ruleOf('\u00e9'.repeat(2049))).toBe('path.length');
    expect(ruleOf('a/'.repeat(256))).toBe('a/'.repeat(256).slice(0, -1));
    expect(ruleOf('a/'.repeat(257))).toBe('path.depth');
  });

  it('is below the first root that it begins with', () => {
    expect(ruleOf('/b/x', ['/a', '/b'])).toBe('x');
    expect(ruleOf('/b///x', ['/a', '/b'])).toBe('x');
    expect(ruleOf('/c', ['/a', '/b'])).toBe('path.absolute');
    expect(ruleOf('/b', [])).toBe('path.absolute');
    expect([belowRoot('/a', '/a'), belowRoot('/a/b', '/a'), belowRoot('/ab', '/a'), belowRoot('/', '/a')]).toEqual([
      '',
      'b',
      undefined,
      undefined,
    ]);
  });

  it('may be absolute when it is below a name of the root', () => {
    expect(ruleOf('/workspace/docs/a.md', ['/workspace'])).toBe('docs/a.md');
    expect(ruleOf('/workspace', ['/workspace'])).toBe('');
    expect(ruleOf('/workspace//a', ['/workspace'])).toBe('a');
  });

  it('fails for a sibling whose name begins like the root', () => {
    expect(ruleOf('/workspace_evil/e.txt', ['/workspace'])).toBe('path.absolute');
    expect(ruleOf('/workspace/../workspace_evil', ['/workspace'])).toBe('path.parent');
  });

  it('recognizes a text that only a folder can have', () => {
    expect(parsePath('docs/').folderOnly).toBe(true);
    expect(parsePath('docs/.').folderOnly).toBe(true);
    expect(parsePath('docs').folderOnly).toBe(false);
    expect(parsePath('docs/a.').folderOnly).toBe(false);
  });

  it('gives, for any text, a path that cannot leave the root, or a denial', () => {
    const piece = fc.constantFrom('..', '.', '', '/', 'a', '\\', '\0', '~', '%2e%2e', ' ', '...', '\ud800', 'é');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join('/')),
        ),
        (text) => {
          let parsed;
          try {
            parsed = parsePath(text, ['/workspace']);
          } catch (error) {
            expect(error).toBeInstanceOf(Denial);
            return;
          }
          expect(parsed.relative.startsWith('/')).toBe(false);
          expect(parsed.segments.some((segment) => ['', '.', '..'].includes(segment) || /[/\\\0]/.test(segment))).toBe(
            false,
          );
          expect(parsePath(parsed.relative).relative).toBe(parsed.relative);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is well-formed exactly when UTF-8 gives it back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(isWellFormed(text)).toBe(Buffer.from(text, 'utf8').toString('utf8') === text);
        },
      ),
    );
  });
});
