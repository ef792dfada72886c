import { Toolbox } from '../../src/core';
import { composeSubject } from '../../src/explain/compose-subject';
import { explain } from '../../src/explain/explanation';
import { kubernetesSubject } from '../../src/explain/kubernetes-subject';
import { PageFile } from '../../src/explain/page-file';
import { pageSubject } from '../../src/explain/page-subject';
import { Subject } from '../../src/explain/subject';
import { YamlFile } from '../../src/explain/yaml-file';
import { OutputFile } from '../../src/plan/output-file';
import { resolve } from '../../src/plan/resolve';
import { rules } from '../../src/rules';
import { renderCompose } from '../../src/targets/compose';
import { renderDocs } from '../../src/targets/docs';
import { renderKubernetes } from '../../src/targets/kubernetes';

/** `src/main.ts` as it is when it asks to be synthesised. */
function garvis(): Toolbox {
  const synth = jest.spyOn(Toolbox.prototype, 'synth').mockImplementation(() => undefined);
  jest.requireActual('../../src/main');
  const [toolbox] = synth.mock.contexts;
  synth.mockRestore();
  return toolbox;
}

const toolbox = garvis();
const { plan, sourceOf } = resolve(toolbox);
const constructPaths = toolbox.node.findAll().map(({ node }) => node.path);
const filePaths = plan.services.flatMap(({ mounts }) =>
  mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file.constructPath] : [])),
);
const paths = new Set([...constructPaths, ...filePaths]);
const sources = Object.fromEntries(constructPaths.map((path) => [path, sourceOf(path)!]));
const compose = renderCompose(plan);
const kubernetes = renderKubernetes(plan);

/** Lines that are no comment, by their number. */
function linesOf({ content }: OutputFile): number[] {
  return content
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((line, index) => (index < 3 && line.startsWith('#') ? [] : [index + 1]));
}

/** What a line lacks; undefined when it is explained to the end. */
function gap({ path: file }: OutputFile, line: number, found: Subject | undefined): string | undefined {
  if (found === undefined) { return `${file}:${line} is not known`; }
  const { constructs } = explain(plan, found, sources);
  if (constructs.length === 0) { return `${file}:${line} belongs to no construct`; }
  const odd = constructs.find(
    ({ path, location }) => !paths.has(path) || location?.file !== 'src/main.ts' || location.line < 1,
  );
  return odd && `${file}:${line}: ${odd.path} is not written in src/main.ts`;
}

function gapsIn(file: OutputFile, subjectOf: typeof composeSubject): (string | undefined)[] {
  const yaml = new YamlFile(file.path, file.content);
  const lines = linesOf(file);
  expect(lines.length).toBeGreaterThan(5);
  return lines.map((line) => {
    const { steps, valueAt } = yaml.atLine(line);
    return gap(file, line, subjectOf(plan, steps, valueAt));
  }).filter((one) => one !== undefined);
}

describe('every line of GARVIS that is no comment comes from a construct in src/main.ts', () => {
  test('in the Compose file', () => {
    expect(
      gapsIn(
        compose.files.find(({ path }) => /docker-compose[^/]*\.yml$/.test(path))!,
        composeSubject,
      ),
    ).toEqual([]);
  });

  test.each(kubernetes.files.map((file) => [file.path, file] as const))('in %s', (_, file) => {
    expect(gapsIn(file, kubernetesSubject)).toEqual([]);
  });

  test.each(renderDocs(plan, [...compose.fidelity, ...kubernetes.fidelity]).map((file) => [file.path, file] as const))(
    'in %s',
    (_, file) => {
      const page = new PageFile(file.path, file.content);
      const lines = file.content
        .split('\n')
        .flatMap((line, index) => (line.trim() === '' || line.startsWith('<!--') ? [] : [index + 1]));
      const gaps = lines.map((line) => {
        const found = pageSubject(plan, page.atLine(line));
        return found.constructs.length === 0 && found.components.length > 0 ? undefined : gap(file, line, found);
      });
      expect(gaps.filter((one) => one !== undefined)).toEqual([]);
      expect(lines.length).toBeGreaterThan(20);
    },
  );
});

test('every rule of the model judges some kind of thing, and only rules of the model do', () => {
  expect(rules.filter(({ facets }) => facets.length === 0).map(({ id }) => id)).toEqual([]);
});

describe('every fact of a service is found in the Compose file', () => {
  const yaml = new YamlFile('compose', compose.files.find(({ path }) => path.endsWith('.yml'))!.content);
  const constructsAt = (path: string) => {
    const { steps, valueAt } = yaml.atPath(path);
    return composeSubject(plan, steps, valueAt)?.constructs;
  };

  test.each([
    ['name', ['garvis']],
    ['services.codex-cli.depends_on.host-relay.condition', ['garvis/codex-cli', 'garvis/host-relay']],
    ['services.codex-cli.environment.OLLAMA_HOST', ['garvis/codex-cli', 'garvis/host-ollama']],
    ['services.codex-cli.env_file[0].path', ['garvis/codex-cli', 'garvis/garvis-env']],
    ['services.codex-cli.networks[1]', ['garvis/codex-cli', 'garvis/toolbox-mcp']],
    ['services.host-relay.networks.toolbox-inference.aliases[0]', ['garvis/host-relay', 'garvis/toolbox-inference']],
    ['services.mcp-gateway.profiles[0]', ['garvis/mcp-gateway', 'garvis/mcp-part']],
    ['services.mcp-gateway.volumes[1].source', ['garvis/mcp-gateway', 'garvis/gateway-logs']],
    ['services.ollama.mem_limit', ['garvis/ollama']],
    ['networks.toolbox-mcp.internal', ['garvis/toolbox-mcp']],
    ['volumes.ollama-models', ['garvis/ollama-models']],
  ])('%s', (path, constructs) => {
    expect(constructsAt(path)).toEqual(constructs);
  });

  test('a mounted file is the construct that makes it, with the policy in it', () => {
    expect(constructsAt('services.mcp-gateway.volumes[0].source')).toEqual([
      'garvis/mcp-gateway',
      'garvis/mcp-gateway/manifest.json',
      expect.stringMatching(/^garvis\/mcp-gateway\/.*policy/),
    ]);
  });
});
