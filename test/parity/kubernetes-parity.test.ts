import { parityProblems } from './compare-facts';
import { FIXTURE_PLAN } from './fixture-plan';
import { planFacts } from './plan-facts';
import { kubernetesFacts } from './stated-facts';
import { OutputFile } from '../../src/plan/target-output';
import { renderKubernetes } from '../../src/targets/kubernetes';

const PROMISED = planFacts(FIXTURE_PLAN, 'cluster');
const { files, fidelity } = renderKubernetes(FIXTURE_PLAN);

/** What the parity check finds after one text was replaced everywhere in one file, or in all. */
function problemsAfter(path: string, from: string, to: string): string[] {
  const broken = files.map((file): OutputFile =>
    path === '' || file.path === `kubernetes/draft/${path}`
      ? { ...file, content: file.content.replaceAll(from, to) }
      : file,
  );
  expect(broken).not.toEqual(files);
  return parityProblems(FIXTURE_PLAN, PROMISED, kubernetesFacts(broken), fidelity);
}

describe('parity of the Kubernetes manifests', () => {
  test('the manifests of the fixture match the plan', () => {
    expect(parityProblems(FIXTURE_PLAN, PROMISED, kubernetesFacts(files), fidelity)).toEqual([]);
  });

  test.each([
    ['another image', 'services/gateway.yaml', 'example/gateway:', 'example/gateway-x:', 'gateway.image'],
    ['another argument', 'services/agent.yaml', '- -c\n', '- -x\n', 'agent.command'],
    [
      'another working directory',
      'services/agent.yaml',
      'workingDir: /workspace',
      'workingDir: /tmp',
      'agent.workingDirectory',
    ],
    ['another variable', 'services/agent.yaml', 'name: LOG_LEVEL', 'name: LEVEL', 'agent.environment'],
    ['another secret key', 'services/agent.yaml', 'key: GATEWAY_TOKEN', 'key: ADMIN_TOKEN', 'agent.secrets'],
    [
      'another address in a file',
      'services/agent.yaml',
      'http://ollama:11434/v1',
      'http://ollama:11434/v2',
      'agent.mounts',
    ],
    ['a reader that may write', 'services/gateway.yaml', 'readOnly: true', 'readOnly: false', 'gateway.mounts'],
    ['another port', 'services/gateway.yaml', 'containerPort: 9090', 'containerPort: 9091', 'gateway.ports'],
    ['another path of the probe', 'services/gateway.yaml', 'path: /health', 'path: /healthz', 'gateway.healthCheck'],
    [
      'another time of the probe',
      'services/gateway.yaml',
      'failureThreshold: 5',
      'failureThreshold: 4',
      'gateway.healthCheck',
    ],
    ['another condition', 'services/agent.yaml', 'seed=completed', 'seed=started', 'agent.dependencies'],
    ['another limit', 'services/gateway.yaml', 'memory: 256Mi', 'memory: 257Mi', 'gateway.memoryMegabytes'],
    ['no accelerator', 'services/ollama.yaml', 'nvidia.com/gpu', 'example.com/gpu', 'ollama.accelerator'],
    ['another user', 'services/gateway.yaml', 'runAsUser: 10001', 'runAsUser: 10002', 'gateway.user'],
    [
      'a root that can be written',
      'services/gateway.yaml',
      'readOnlyRootFilesystem: true',
      'readOnlyRootFilesystem: false',
      'gateway.readOnlyRoot',
    ],
    ['another capability', 'services/ollama.yaml', '- CHOWN', '- KILL', 'ollama.capabilities'],
    ['kept capabilities', 'services/gateway.yaml', '- ALL', '- KILL', 'gateway.capDrop'],
    [
      'a volume that is not there',
      'services/agent.yaml',
      '- name: claim-shared\n              mountPath',
      '- name: x\n              mountPath',
      'agent.mounts',
    ],
    ['no terminal', 'services/agent.yaml', 'tty: true', 'tty: false', 'agent.terminal'],
    [
      'another grace period',
      'services/gateway.yaml',
      'terminationGracePeriodSeconds: 30',
      'terminationGracePeriodSeconds: 31',
      'gateway.stopGraceSeconds',
    ],
    [
      'a closed way',
      'services/gateway.yaml',
      'ingress:\n    - from',
      'ingress: []\n  other:\n    - from',
      'reach agent -> gateway:8811/tcp: lost',
    ],
    [
      'the metadata service of the cloud',
      'services/gateway.yaml',
      "              - '169.254.0.0/16'\n",
      '',
      'reach gateway -> host 169.254.169.254: not promised',
    ],
    [
      'a door for everyone',
      'services/seed.yaml',
      'policyTypes:',
      'ingress:\n    - {}\n  policyTypes:',
      'reach another namespace -> seed: not promised',
    ],
    ['walls that are gone', '', 'kind: NetworkPolicy', 'kind: Poster', 'reach seed -> gateway:8811/tcp: not promised'],
    [
      'a part that is always there',
      'services/agent.yaml',
      'toolbox-constructs/profile: agents',
      'toolbox-constructs/part: agents',
      'agent.profile',
    ],
    [
      'no init process',
      'services/agent.yaml',
      'shareProcessNamespace: true',
      'shareProcessNamespace: false',
      'agent.init',
    ],
  ])('notices %s', (_, path, from, to, expected) => {
    const problems = problemsAfter(path, from, to);
    expect(problems.filter((problem) => problem.includes(expected))).toHaveLength(1);
  });

  test.each([
    [
      'a claim that is not there',
      'services/agent.yaml',
      'claimName: shared',
      'claimName: other',
      'no volume or claim for',
    ],
    [
      'a variable that the kubelet would expand',
      'services/agent.yaml',
      '${USER}',
      '$(USER)',
      'the kubelet would expand',
    ],
  ])('fails on %s', (_, path, from, to, message) => {
    expect(() => problemsAfter(path, from, to)).toThrow(message);
  });
});
