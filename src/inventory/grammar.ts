import { TextRule } from './private/shape';
import { UNSEEN, UNSEEN_IN_LINE } from '../util/unseen';

const UNSEEN_IN_PROSE = `\\u0000-\\u0009\\u000b-\\u001f${UNSEEN}`;

const NAME_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';

export const ID: TextRule = {
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u,
  longest: 63,
  expected: 'lower-case letters, digits and hyphens, as in `codex-cli`',
};

export const TITLE: TextRule = {
  pattern: new RegExp(`^[^\\s${UNSEEN_IN_LINE}](?:[^${UNSEEN_IN_LINE}]*[^\\s${UNSEEN_IN_LINE}])?$`, 'u'),
  longest: 100,
  expected: 'one line of text without invisible characters',
};

/** Longer text, over several lines if need be. */
export const PROSE: TextRule = {
  pattern: new RegExp(`^[ \\n]*[^\\s${UNSEEN_IN_PROSE}][^${UNSEEN_IN_PROSE}]*$`, 'u'),
  longest: 2000,
  expected: 'text without invisible characters',
};

export const VERSION: TextRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}$/u,
  longest: 128,
  expected: "a version, as in '1.10' or bookworm-slim",
};

export const TAG: TextRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/u,
  longest: 128,
  expected: "an image tag, as in '1.10' or bookworm-slim",
};

export const REPOSITORY: TextRule = {
  pattern: new RegExp(`^(?:(?:localhost|${NAME_PART}(?::[0-9]{1,5})?)/)?${NAME_PART}(?:/${NAME_PART})*$`, 'u'),
  longest: 255,
  expected: 'an image name without tag and digest, as in `ollama/ollama` or `registry.example:5000/team/tool`',
  explain: (text) => {
    if (/^[a-z]+:\/\//i.test(text)) {
      return 'begins like a web address';
    }
    if (text.includes('@')) {
      return 'contains "@": a digest belongs in `digest`, and credentials nowhere in this file';
    }
    if (/:[^/]*$/.test(text)) {
      return 'ends with a tag: that belongs in `version` or `tag`';
    }
    return /[A-Z]/.test(text) ? 'has upper-case letters' : undefined;
  },
};

export const DIGEST: TextRule = {
  pattern: /^sha256:[0-9a-f]{64}$/u,
  longest: 71,
  expected: '`sha256:` and 64 lower-case hexadecimal digits',
  explain: (text) => {
    const digits = /^sha256:([0-9a-fA-F]*)$/.exec(text)?.[1];
    if (digits === undefined) {
      return undefined;
    }
    return digits.length === 64 ? 'has upper-case letters' : `has ${digits.length} hexadecimal digits instead of 64`;
  },
};

export const PACKAGE: TextRule = {
  pattern: /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/u,
  longest: 214,
  expected: 'an npm package name without version, as in `@openai/codex`',
};

export const INTEGRITY: TextRule = {
  pattern: /^sha512-[A-Za-z0-9+/]{85}[AQgw]==$/u,
  longest: 95,
  expected: '`sha512-` and 88 characters of base 64',
  explain: (text) => {
    const [, algorithm, sum] = /^(sha\d+)-(.*)$/u.exec(text) ?? [];
    if (algorithm && algorithm !== 'sha512') {
      return `is a ${algorithm} checksum instead of a sha512 one`;
    }
    return sum !== undefined && sum.length !== 88 ? `has ${sum.length} characters of base 64 instead of 88` : undefined;
  },
};
