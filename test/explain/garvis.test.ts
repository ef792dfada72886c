import { Toolbox } from '../../src/core';
import { explain } from '../../src/explain/explanation';
import { walk } from '../../src/explain/field-path';
import { resolve } from '../../src/plan/resolve';
import { rules } from '../../src/rules';
import { renderCompose } from '../../src/targets/compose';
import { docsFiles } from '../../src/targets/docs';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { Origin, origin, originAt } from '../../src/targets/origin';
import { FilePart, outputFile, sourceMap } from '../../src/targets/target-file';

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

/** What the origin of a line lacks; undefined if it is complete. */
function gap(place: string, found: Origin | undefined): string | undefined {
  if (found === undefined) { return `${place} has no origin`; }
  const { constructs, pins } = explain(plan, found, sources);
  if (constructs.length === 0 && pins.length === 0) { return `${place} belongs to no construct`; }
  const odd = constructs.find(
    ({ path, location }) => !paths.has(path) || location?.file !== 'src/main.ts' || location.line < 1,
  );
  return odd && `${place}: ${odd.path} is not written in src/main.ts`;
}

const pages = docsFiles(plan, [...compose.fidelity, ...kubernetes.fidelity]);
const files = [...compose.documents, ...kubernetes.documents, ...pages];

describe('every line of GARVIS that is no comment comes from a construct in src/main.ts', () => {
  test.each(files.map((file) => [file.path, file] as const))('in %s', (_, file) => {
    const map = sourceMap(file);
    expect(map.map(({ text }) => `${text}\n`).join('')).toBe(outputFile(file).content);
    const header = file.header.split('\n').length - 1;
    expect(
      map
        .slice(header)
        .filter(({ text }) => text !== '' || !pages.includes(file))
        .map((line) => gap(line.text, line.origin))
        .filter((one) => one !== undefined),
    ).toEqual([]);
    expect(map.length - header).toBeGreaterThan(2);
  });
});

test('every rule of the model judges some kind of thing, and only rules of the model do', () => {
  expect(rules.filter(({ facets }) => facets.length === 0).map(({ id }) => id)).toEqual([]);
});

describe('every fact of a service is found in the Compose file', () => {
  const [part] = compose.documents.find(({ path }) => path.endsWith('.yml'))!.parts;
  const document = (part as Extract<FilePart, { kind: 'yaml' }>).document;
  const constructsAt = (path: string) => originAt(document, walk(document, path, 'compose'))?.constructs;

  test.each([
    ['name', ['garvis']],
    ['services.codex-cli', ['garvis/codex-cli']],
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

test('a line names the checks of its service, with their state', () => {
  const service = plan.services.find(({ name }) => plan.checks.some(({ covers }) => covers.includes(name)))!;
  const { checks } = explain(plan, origin([service.path], ['image']), sources);
  const covering = plan.checks.filter(({ covers }) => covers.includes(service.name));
  expect(checks).toMatchObject(covering.map(({ name, status }) => ({ name, state: status.kind })));
  expect(explain(plan, origin([plan.name], ['identity']), sources).checks).toEqual([]);
});

test('a line about a service as a whole says what the targets adapt and leave out', () => {
  const [service] = plan.services;
  const entries = [...compose.fidelity, ...kubernetes.fidelity];
  const { fidelity } = explain(plan, origin([service.path], ['identity']), sources, () => entries);
  expect(fidelity.map(({ target, fact }) => `${target} ${fact}`)).toEqual(
    entries.filter(({ path }) => path === service.path).map(({ target, fact }) => `${target} ${fact}`),
  );
  expect(fidelity).toContainEqual(expect.objectContaining({ target: 'kubernetes', fact: 'log rotation' }));
  const neverAsked = () => { throw new Error('All targets were rendered.'); };
  expect(explain(plan, origin([service.path], ['image']), sources, neverAsked).fidelity).toEqual([]);
});
