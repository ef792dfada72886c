import * as fs from 'node:fs';
import { reasonOf } from './read-text';
import { Report } from './report';
import { quote } from '../../util/printable';

const TOP = { line: 1, column: 1 };

/**
 * Returns the names of the YAML files in a folder, sorted; the folder may be missing. Reports all other entries except
 * Markdown files and names that begin with a dot.
 */
export function readFolder(directory: string, report: Report): string[] {
  const entries = entriesOf(directory, report).filter(({ name }) => !name.startsWith('.') && !name.endsWith('.md'));
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'));
  for (const entry of entries.filter((other) => !files.includes(other))) {
    const kind = entry.isFile()
      ? ''
      : entry.isDirectory()
        ? ', a folder,'
        : entry.isSymbolicLink()
          ? ', a symbolic link,'
          : ', a device,';
    report.add(
      'evidence-foreign',
      TOP,
      `${quote(entry.name)}${kind} is no record, and is not read.`,
      'Move it away; a record is a file called CHECK.yaml.',
    );
  }
  return files.map(({ name }) => name);
}

function entriesOf(directory: string, report: Report): fs.Dirent[] {
  try {
    return fs.readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      report.add(
        'inventory-unreadable',
        TOP,
        `The folder cannot be read: ${reasonOf(error)}.`,
        'Fix the path or its permissions.',
      );
    }
    return [];
  }
}
