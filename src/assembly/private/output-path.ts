import { isReserved } from './ownership';
import { Finding } from '../../model/finding';
import { OutputFile } from '../../plan/target-output';
import { outputFinding } from '../../rules/reported/output-folder';
import { isUnprintable, printable } from '../../util/printable';

const MAX_PATH = 1024;
const MAX_NAME_BYTES = 255;
const WINDOWS_DEVICE =
  /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$)(?:\.|$)/i;

/** Says what is wrong with a path for a generated file; undefined when it is safe on every system. */
export function pathProblem(path: string): string | undefined {
  if (path === '') { return 'is empty'; }
  if (path.length > MAX_PATH) { return `is longer than ${MAX_PATH} characters`; }
  if (isUnprintable(path)) { return 'has a control or invisible character'; }
  if (path.startsWith('/')) { return 'is absolute'; }
  const forbidden = /[\\:*?"<>|~]/.exec(path);
  if (forbidden) { return `has the character ${forbidden[0]}`; }
  for (const name of path.split('/')) {
    const problem = nameProblem(name);
    if (problem !== undefined) { return problem; }
  }
  const [top] = path.split('/', 1);
  return isReserved(fold(top)) ? `uses the reserved name "${top}"` : undefined;
}

function nameProblem(name: string): string | undefined {
  if (name === '') { return 'has an empty part'; }
  if (name === '.' || name === '..') { return `has the part "${name}"`; }
  if (/^\s|[\s.]$/.test(name)) {
    return `has the part "${name}", which begins with a space or ends with a space or dot`;
  }
  if (fold(name) === '.git') { return `has the part "${name}", which belongs to git`; }
  if (WINDOWS_DEVICE.test(name)) { return `has the part "${name}", which is a device on Windows`; }
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) { return `has a part longer than ${MAX_NAME_BYTES} bytes`; }
  return undefined;
}

/** Every file that may not be written: a bad path, two paths that are one on some system, or broken text. */
export function judgeFiles(files: readonly OutputFile[]): Finding[] {
  return [...files.flatMap(judgeFile), ...collisions(files.map((file) => file.path))];
}

function judgeFile({ path, content }: OutputFile): Finding[] {
  const findings: Finding[] = [];
  const problem = pathProblem(path);
  if (problem !== undefined) {
    findings.push(outputFinding('output-path', `The path of the generated file "${printable(path)}" ${problem}.`));
  }
  const flaw = contentProblem(content);
  if (flaw !== undefined) {
    findings.push(outputFinding('output-content', `The generated file "${printable(path)}" ${flaw}.`));
  }
  return findings;
}

/** All but tabs and line feeds; carriage returns have a sentence of their own. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function contentProblem(content: string): string | undefined {
  if (content.includes('\r')) { return 'has a carriage return'; }
  if (CONTROL.test(content)) { return 'has a control character'; }
  if (!content.endsWith('\n')) { return 'does not end with a line feed'; }
  return /[\ud800-\udfff]/u.test(content) ? 'has half a character (a lone surrogate)' : undefined;
}

/** Names that are one name on a file system which ignores case or writes accents apart. */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function collisions(paths: readonly string[]): Finding[] {
  const seen = new Map<string, { readonly path: string; readonly file: boolean }>();
  const findings: Finding[] = [];
  for (const path of paths) {
    const clash = claim(path, seen);
    if (clash !== undefined) {
      findings.push(
        outputFinding(
          'output-path',
          `The generated files "${printable(clash)}" and "${printable(path)}" are in each other's way.`,
        ),
      );
    }
  }
  return findings;
}

/** Notes a path and its folders; gives back the path that has one of these names already. */
function claim(path: string, seen: Map<string, { readonly path: string; readonly file: boolean }>): string | undefined {
  const names = path.split('/');
  let clash: string | undefined;
  names.forEach((_, index) => {
    const part = names.slice(0, index + 1).join('/');
    const file = index === names.length - 1;
    const other = seen.get(fold(part));
    if (other === undefined) {
      seen.set(fold(part), { path: part, file });
    } else if (file || other.file || other.path !== part) {
      clash ??= other.path;
    }
  });
  return clash;
}
