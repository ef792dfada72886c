import { describe, expect, test } from 'vitest';
import { contentKind } from '../../../../src/tools/image/worker/sniff';
import { cpuMs } from '../../../cpu';

describe('what a file is', () => {
  test.each([
    ['an XHTML page', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">\n<html>', 'html'],
    ['a page without a doctype', '  \n<!-- c --><BODY>', 'html'],
    ['Markdown that begins with HTML', '<div align="center"><img src="x.png"></div>\n\n# Title', 'markdown'],
    ['text', 'just words', 'markdown'],
    ['nothing', '', 'markdown'],
    [
      'a drawing behind a doctype',
      '<!DOCTYPE svg PUBLIC "x" [<!ENTITY a "b">]>\n<svg width="1" height="1">',
      'picture',
    ],
    ['HTML with a drawing in it', '<html><svg width="1" height="1"></svg></html>', 'html'],
    ['a PDF behind other bytes', 'junk\n%PDF-1.7', 'pdf'],
    ['an archive', 'PK\x03\x04', 'archive'],
  ])('%s', (_, text, kind) => {
    expect(contentKind(Buffer.from(text, 'latin1'))?.kind).toBe(kind);
  });

  test('text in UTF-16 and in Western is read', () => {
    expect(contentKind(Buffer.from('\ufeff<html>\u00e9', 'utf16le'))).toEqual({ kind: 'html', text: '<html>é' });
    expect(contentKind(Buffer.from('caf\xe9', 'latin1'))).toEqual({ kind: 'markdown', text: 'café' });
  });

  test('bytes with control characters are no text', () => {
    expect(contentKind(Buffer.from('a\0b'))).toBeUndefined();
    expect(contentKind(Buffer.from([0xe9, 0x01]))).toBeUndefined();
  });

  test('a comment without end takes little time', async () => {
    const inputs = ['<!--'.repeat(500_000), `${' '.repeat(1_000_000)}<!doctype ${'['.repeat(1_000_000)}`];
    expect(await cpuMs(() => inputs.forEach((input) => contentKind(Buffer.from(input))))).toBeLessThan(2000);
  });
});
