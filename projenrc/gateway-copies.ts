import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project, TextFile } from 'projen';

const GATEWAY = 'containers/mcp-gateway/src';

/** Files of the gateway that the library needs too, and where their copies are. */
const COPIES: Record<string, string> = {
  'audit/secret-shapes.ts': 'src/util/secret-shapes.ts',
  'workspace/glob.ts': 'src/util/glob.ts',
  'workspace/spelling.ts': 'src/util/spelling.ts',
};

/**
 * Copies code from the gateway to the library, so that both judge secrets and globs alike. The gateway is the source:
 * it is built from its folder alone and cannot import anything from outside of it.
 */
export function copyGatewayFiles(project: Project): void {
  for (const [source, copy] of Object.entries(COPIES)) {
    new TextFile(project, copy, {
      readonly: false,
      lines: [
        `// ~~ Copied by projen. To modify, edit ${GATEWAY}/${source} and run "npx projen".`,
        ...readFileSync(join(project.outdir, GATEWAY, source), 'utf8').split('\n'),
      ],
    });
  }
}
