/** Text as lines of a comment that begins with `#`, in YAML and env files: nothing in it can end the comment. */
export function hashComment(text: string): string {
  return text.split(/[\n\r\v\f\x85\u2028\u2029]+/).map((line) => `# ${line}`.trimEnd()).join('\n');
}
