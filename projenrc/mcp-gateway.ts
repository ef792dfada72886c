import { Project, javascript, typescript } from 'projen';

/** The gateway is a package of its own: its image is built from its folder alone. */
export class McpGatewayProject extends typescript.TypeScriptProject {
  constructor(parent: Project) {
    super({
      parent,
      outdir: 'containers/mcp-gateway',
      name: 'mcp-gateway',
      description: 'MCP gateway that enforces a tool policy',
      license: 'Apache-2.0',
      copyrightOwner: 'toolbox-constructs maintainers',
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: '20.16.0',
      typescriptVersion: '~6.0.0',
      jest: false,
      github: false,
      release: false,
      projenrcTs: false,
    });
    this.package.addPackageResolutions('unrs-resolver@1.12.2');
  }
}
