import { RE2JS } from 're2js';

/**
 * A caller's glob, as a matcher that takes linear time whatever the pattern: `*` and `?` within a name, `**` over folders,
 * `{a,b}`. A pattern without a slash is for the name alone, one with a slash for the whole path.
 */
export function namePattern(pattern: string): (name: string, path: string) => boolean {
  const expression = RE2JS.compile(translate(pattern.replace(/^\.?\/+/, '')), RE2JS.DOTALL);
  return pattern.includes('/') ? (_, path) => expression.testExact(path) : name => expression.testExact(name);
}

function translate(pattern: string): string {
  const balanced = bracesBalance(pattern);
  let result = '';
  let depth = 0;
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (pattern.startsWith('**/', index)) {
      result += '(?:.*/)?';
      index += 2;
    } else if (pattern.startsWith('**', index)) {
      result += '.*';
      index += 1;
    } else if (character === '*') {
      result += '[^/]*';
    } else if (character === '?') {
      result += '[^/]';
    } else if (character === '{' && balanced) {
      result += '(?:';
      depth += 1;
    } else if (character === '}' && balanced) {
      result += ')';
      depth -= 1;
    } else if (character === ',' && depth > 0) {
      result += '|';
    } else {
      result += RE2JS.quote(character);
    }
  }
  return result;
}

function bracesBalance(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    depth += character === '{' ? 1 : character === '}' ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth === 0;
}
