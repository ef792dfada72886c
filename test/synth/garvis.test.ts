import * as fs from 'node:fs';
import * as path from 'node:path';
import { Testing, Toolbox } from '../../src/core';
import { everyReach } from '../../src/plan/reaches';
import { resolve } from '../../src/plan/resolve';
import { renderCompose } from '../../src/targets/compose';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { parityProblems } from '../parity/compare-facts';
import { planFacts } from '../parity/plan-facts';
import { composeFacts, kubernetesFacts } from '../parity/stated-facts';

const DIST = path.resolve(__dirname, '../../dist');

/** `src/main.ts` as it is when it asks to be synthesised. */
function garvis(): Toolbox {
  const synth = jest.spyOn(Toolbox.prototype, 'synth').mockImplementation(() => undefined);
  jest.requireActual('../../src/main');
  const [toolbox] = synth.mock.contexts;
  synth.mockRestore();
  return toolbox;
}

describe('GARVIS', () => {
  const toolbox = garvis();
  const { plan } = resolve(toolbox);

  test('is what is committed in dist/, byte for byte', () => {
    const { files } = Testing.synth(toolbox);
    expect(Object.keys(files).length).toBeGreaterThan(10);
    for (const [file, content] of Object.entries(files)) {
      expect({ file, content: fs.readFileSync(path.join(DIST, file), 'utf8') }).toEqual({ file, content });
    }
  });

  test('has no error that is not waived', () => {
    expect(
      Testing.synth(toolbox).findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined),
    ).toEqual([]);
  });

  test('matches the plan in both targets', () => {
    const compose = renderCompose(plan);
    const kubernetes = renderKubernetes(plan);
    expect(
      parityProblems(plan, planFacts(plan, 'workstation'), composeFacts(compose.files, plan), compose.fidelity),
    ).toEqual([]);
    expect(
      parityProblems(plan, planFacts(plan, 'cluster'), kubernetesFacts(kubernetes.files), kubernetes.fidelity),
    ).toEqual([]);
  });

  test('keeps the agent and the gateway from the internet in a cluster, and the gateway everywhere', () => {
    const outside = everyReach(plan).filter(({ to }) => to.kind === 'internet');
    expect(outside.filter(({ places }) => places.includes('cluster')).map(({ from }) => from)).toEqual([
      'ollama-download',
    ]);
    expect(outside.map(({ from }) => from)).not.toContain('mcp-gateway');
  });
});
