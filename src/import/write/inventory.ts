import { DraftPin } from '../translate/draft';

const HEADER = `# Every version of the compose file. Look up digests: npx toolbox-constructs pins update
schemaVersion: 1
components:
`;

/** The text of the version inventory. */
export function inventoryText(pins: readonly DraftPin[]): string {
  return pins.length === 0 ? `${HEADER.trimEnd()} []\n` : `${HEADER}${pins.map(component).join('\n')}`;
}

function component({ component: id, repository, tag, digest }: DraftPin): string {
  return [
    `  - id: ${id}`,
    `    title: ${scalar(repository)}`,
    ...tag === undefined ? [] : [`    version: ${scalar(tag)}`],
    '    runsOn: [container]',
    '    image:',
    `      repository: ${scalar(repository)}`,
    digest === undefined ? '      digestMissing: Not looked up yet.' : `      digest: ${scalar(digest)}`,
    '    status: decided',
    '',
  ].join('\n');
}

/** In quotes unless every reader of YAML takes it as text. */
function scalar(text: string): string {
  return /^[a-z][\w./-]*$/i.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : `'${text.replaceAll('\'', '\'\'')}'`;
}
