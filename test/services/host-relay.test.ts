import { aVolume, codexPins, filesOf } from './support';
import {
  CodexCli,
  Egress,
  HostOllama,
  HostRelay,
  Network,
  Ollama,
  Profile,
  Size,
  Testing,
  Toolbox,
  Waiver,
} from '../../src/core';
import { everyReach } from '../../src/plan/reaches';
import { resolve } from '../../src/plan/resolve';
import { aNetwork, aPin, aToolbox, DIGEST } from '../rules/support';

const PINS = codexPins(
  '0.42.0',
  '0.12.3',
  aPin('haproxy', { version: '3.0.11', image: { repository: 'haproxy', tag: '3.0.11', digest: DIGEST } }),
);

/** An agent on inner networks only, an Ollama for the cluster, and the relay. */
function aRelayedToolbox(box: Toolbox): void {
  const models = aNetwork(box, 'models');
  const inside = aNetwork(box, 'inside');
  const ollama = new Ollama(box, 'ollama', {
    component: 'ollama',
    models: aVolume(box, 'ollama-models'),
    modelNames: ['gpt-oss:20b'],
    network: models,
    downloadNetwork: new Network(box, 'download', { egress: Egress.INTERNET }),
    downloadPart: new Profile(box, 'part', { name: 'fetch', description: 'd' }),
    profile: new Profile(box, 'server', { description: 'd' }),
  });
  new Waiver(ollama, 'root', { rule: 'service-user', reason: 'It must, in this test.' });
  const hostOllama = new HostOllama(box, 'host-ollama', { component: 'ollama', model: 'gpt-oss:20b' });
  hostOllama.replaceInCluster(ollama);
  new HostRelay(box, 'relay', {
    component: 'haproxy',
    hostOllama,
    network: inside,
    hostNetwork: new Network(box, 'outside', { egress: Egress.HOST }),
    maxRequest: Size.kibibytes(64),
    requestsPerMinute: 42,
  });
  new CodexCli(box, 'agent', {
    component: 'codex-cli',
    context: 'containers/codex-cli',
    repository: 'box/agent',
    codexProfile: 'box',
    model: 'gpt-oss:20b',
    modelServer: hostOllama,
    modelEndpoint: hostOllama.endpoint(),
    workspace: aVolume(box, 'work'),
    networks: [inside, models],
  });
}

describe('HostRelay', () => {
  const files = filesOf(aRelayedToolbox, PINS);
  const compose = files['compose/docker-compose.draft.yml'];
  const serviceText = (name: string): string => new RegExp(`^  ${name}:\n(?:    .*\n)*`, 'm').exec(compose)?.[0] ?? '';

  test('leaves the agent the address of the host, and takes its way out', () => {
    expect(serviceText('agent')).toContain('OLLAMA_HOST: http://host.docker.internal:11434');
    expect(serviceText('agent')).not.toContain('extra_hosts');
    expect(files['compose/config.draft/agent/config.toml']).toContain(
      'base_url = "http://host.docker.internal:11434/v1"',
    );
    const toolbox = aToolbox(PINS);
    aRelayedToolbox(toolbox);
    const reaches = everyReach(resolve(toolbox).plan).filter(({ from }) => from === 'agent' || from === 'relay');
    expect(
      reaches.map(
        ({ from, to, network, places }) =>
          `${from} -> ${to.kind === 'internet' ? 'internet' : to.name} on ${network}, ${places.join(' ')}`,
      ),
    ).toEqual([
      'agent -> ollama on models, cluster workstation',
      'agent -> relay on inside, workstation',
      'relay -> host-ollama on outside, workstation',
      'relay -> internet on outside, workstation',
    ]);
  });

  test('answers under the host\'s name, knows the host itself, and is started with the agent', () => {
    expect(serviceText('relay')).toContain('- host.docker.internal:host-gateway');
    expect(serviceText('relay')).toMatch(/inside:\n +aliases:\n +- host.docker.internal/);
    expect(serviceText('agent')).toMatch(/depends_on:\n +relay:\n +condition: service_healthy/);
  });

  test('does not exist in a cluster, where the stand-in is asked', () => {
    expect(Object.keys(files).filter((file) => file.startsWith('kubernetes/draft/') && file.includes('relay'))).toEqual(
      [],
    );
    expect(files['kubernetes/draft/services/agent.yaml']).toContain('http://ollama:11434');
    expect(files['kubernetes/draft/services/agent.yaml']).not.toContain('relay');
  });

  test('passes on what asks a model, within limits of size, time and rate', () => {
    const config = files['compose/config.draft/relay/haproxy.cfg'];
    expect(config).toContain('  server host host.docker.internal:11434 ');
    expect(config).toContain('req.body_size gt 65536');
    expect(config).toContain('sc_http_req_rate(0) gt 42');
    expect(config).toContain('timeout server 600s');
    expect(config).toMatch(/acl asking path -m str .*\/v1\/chat\/completions/);
    for (const changing of ['pull', 'push', 'create', 'copy', 'delete', 'blobs']) {
      expect(config).not.toContain(`/api/${changing}`);
    }
  });

  test('ends the work of the server when the client is gone', () => {
    expect(files['compose/config.draft/relay/haproxy.cfg']).toMatch(/^defaults\n(?:  .*\n)* {2}option abortonclose\n/m);
  });

  test('advises an address that only containers reach when no server answers', () => {
    expect(files['compose/config.draft/relay/haproxy.cfg']).toMatch(
      /http-error status 503 .*OLLAMA_HOST=172\.17\.0\.1:11434/,
    );
    expect(files['compose/config.draft/relay/haproxy.cfg']).not.toContain('OLLAMA_HOST=0.0.0.0');
  });

  test('an agent that is on a network to the host itself is warned of', () => {
    const toolbox = aToolbox(PINS);
    aRelayedToolbox(toolbox);
    (toolbox.node.findChild('agent') as CodexCli).addNetwork(toolbox.node.findChild('outside') as Network);
    expect(Testing.synth(toolbox).findings.map(({ rule, message }) => `${rule}: ${message}`)).toContainEqual(
      expect.stringMatching(/^network-host: .*also reach the internet: agent\./),
    );
  });
});
