import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project, TextFile } from 'projen';

const SOURCE = 'containers/mcp-gateway/src/audit/secret-shapes.ts';

/** Copies the shapes of credentials from the gateway, which is built from its folder alone, to the library. */
export function copySecretShapes(project: Project): void {
  const [, code] = readFileSync(join(project.outdir, SOURCE), 'utf8').split(' */\n');
  new TextFile(project, 'src/rules/private/secret-shapes.ts', {
    readonly: false,
    lines: [
      '/**',
      ' * Shapes that issuers give their credentials. A copy, made by projen, of',
      ` * ${SOURCE}.`,
      ' */',
      ...code.split('\n'),
    ],
  });
}
