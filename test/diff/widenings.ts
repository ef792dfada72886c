import { editCompose, editContainer, editObject, editPolicy, editService, editTool, Texts } from './support';

/** A change that lets something through, and the words that mark it. */
export type Widening = readonly [name: string, edit: (texts: Texts) => Texts, words: string];

/** Each of them is marked, and its way back is narrower. */
export const WIDENINGS: readonly Widening[] = [
  // compose: what runs, and as whom
  [
    'a service comes',
    editCompose((file) => {
      file.services.spy = { image: 'spy:1', user: '1:1', read_only: true, network_mode: 'none' };
    }),
    'spy  service: added, spy:1  (compose)',
  ],
  [
    'a service becomes root',
    editService('codex-cli', (service) => {
      service.user = '0:0';
    }),
    'codex-cli  user: 10001:10001 -> 0:0  (compose)',
  ],
  [
    'a service takes the group of root',
    editService('codex-cli', (service) => {
      service.user = '10001:0';
    }),
    'codex-cli  user: 10001:10001 -> 10001:0  (compose)',
  ],
  [
    'nobody says who a service runs as',
    editService('codex-cli', (service) => {
      delete service.user;
    }),
    "codex-cli  user: 10001:10001 -> the image's own  (compose)",
  ],
  [
    'a capability',
    editService('codex-cli', (service) => {
      service.cap_add = ['CAP_NET_ADMIN'];
    }),
    'codex-cli  capability NET_ADMIN: added  (compose)',
  ],
  [
    'capabilities are no longer dropped',
    editService('codex-cli', (service) => {
      delete service.cap_drop;
    }),
    "codex-cli  capability of the engine's default set: added  (compose)",
  ],
  [
    'privileged',
    editService('codex-cli', (service) => {
      service.privileged = true;
    }),
    'codex-cli  privileged: added, true  (compose)',
  ],
  [
    'the root file system can be written',
    editService('codex-cli', (service) => {
      delete service.read_only;
    }),
    'codex-cli  root filesystem: read-only -> writable  (compose)',
  ],
  [
    'new privileges can be gained',
    editService('codex-cli', (service) => {
      service.security_opt = [];
    }),
    'codex-cli  new privileges: cannot be gained -> can be gained  (compose)',
  ],
  [
    'a security profile is taken away',
    editService('codex-cli', (service) => {
      service.security_opt.push('seccomp:unconfined');
    }),
    'codex-cli  security option seccomp: added, seccomp:unconfined  (compose)',
  ],
  [
    'processes of the host',
    editService('codex-cli', (service) => {
      service.pid = 'host';
    }),
    'codex-cli  shares processes: added, host  (compose)',
  ],
  [
    'a device',
    editService('codex-cli', (service) => {
      service.devices = ['/dev/kvm'];
    }),
    'codex-cli  device /dev/kvm: added  (compose)',
  ],
  [
    'an accelerator',
    editService('ollama', (service) => {
      service.deploy = { resources: { reservations: { devices: [{ driver: 'nvidia', count: 1 }] } } };
    }),
    'ollama  accelerator: added, nvidia 1  (compose)',
  ],
  [
    'a limit goes',
    editService('codex-cli', (service) => {
      delete service.mem_limit;
    }),
    'codex-cli  limit memory: removed, 4096 MiB  (compose)',
  ],
  [
    'an profile is always there',
    editService('mcp-gateway', (service) => {
      delete service.profiles;
    }),
    'mcp-gateway  profile: removed, mcp  (compose)',
  ],
  [
    'a registry is asked for an image that is built here',
    editService('codex-cli', (service) => {
      delete service.pull_policy;
    }),
    'codex-cli  pull policy: removed, never  (compose)',
  ],
  [
    'a setting that nobody knows',
    editService('codex-cli', (service) => {
      service.brand_new = ['x'];
    }),
    'codex-cli  setting brand_new: added, ["x"]  (compose)',
  ],
  [
    'another file is included',
    editCompose((file) => {
      file.include = ['other.yml'];
    }),
    'compose file  setting include: added, ["other.yml"]  (compose)',
  ],
  // compose: ports, networks, reachability
  [
    'a port on loopback',
    editService('mcp-gateway', (service) => {
      service.ports = ['127.0.0.1:8811:8811'];
    }),
    'mcp-gateway  port 8811/tcp: inside -> loopback, 127.0.0.1:8811  (compose)',
  ],
  [
    'a port on every interface',
    editService('mcp-gateway', (service) => {
      service.ports = [{ target: 8811, published: '8811', protocol: 'tcp' }];
    }),
    'mcp-gateway  port 8811/tcp: inside -> every interface, 0.0.0.0:8811  (compose)',
  ],
  [
    'another network',
    editService('ollama', (service) => {
      service.networks.push('toolbox-mcp');
    }),
    'ollama  network toolbox-mcp: added  (compose)',
  ],
  [
    'another peer',
    editService('ollama', (service) => {
      service.networks.push('toolbox-mcp');
    }),
    'ollama  reaches mcp-gateway:8811/tcp: added  (compose)',
  ],
  [
    'the way to the internet',
    editService('codex-cli', (service) => {
      service.networks.push('toolbox-download');
    }),
    'codex-cli  reaches the internet: added  (compose)',
  ],
  [
    'an inner network opens',
    editCompose((file) => {
      file.networks['toolbox-mcp'] = {};
    }),
    'network toolbox-mcp  leads to: nowhere -> the host and the internet  (compose)',
  ],
  [
    'a bridge gets an address',
    editCompose((file) => {
      delete file.networks['toolbox-mcp'].driver_opts;
    }),
    'mcp-gateway  reaches the host: added  (compose)',
  ],
  [
    'the network of the host',
    editService('host-relay', (service) => {
      delete service.networks;
      service.network_mode = 'host';
    }),
    'host-relay  network of: added, the host  (compose)',
  ],
  // compose: storage and secrets
  [
    'a mount can be written',
    editService('mcp-gateway', (service) => {
      delete service.volumes.find(({ target }: { target: string }) => target === '/workspace').read_only;
    }),
    'mcp-gateway  mount /workspace: read-only (../../shared) -> read-write (../../shared)  (compose)',
  ],
  [
    'a folder of the host',
    editService('codex-cli', (service) => {
      service.volumes.push('/:/everything:ro');
    }),
    'codex-cli  mount /everything: added, read-only (/)  (compose)',
  ],
  [
    'another folder at the same place',
    editService('mcp-gateway', (service) => {
      service.volumes.find(({ target }: { target: string }) => target === '/workspace').source = '/';
    }),
    'mcp-gateway  mount /workspace: added, read-only (/)  (compose)',
  ],
  [
    'a volume is a folder of the host',
    editCompose((file) => {
      file.volumes['gateway-logs'] = { driver_opts: { device: '/', o: 'bind', type: 'none' } };
    }),
    'volume gateway-logs  setting driver_opts: added, {"device":"/","o":"bind","type":"none"}  (compose)',
  ],
  [
    'programs run from scratch space',
    editService('mcp-gateway', (service) => {
      service.tmpfs = [service.tmpfs[0].replace('noexec', 'exec')];
    }),
    'mcp-gateway  scratch /tmp: 128 MiB -> 128 MiB, programs  (compose)',
  ],
  [
    'secrets',
    editService('ollama', (service) => {
      service.env_file = ['../../.env.local'];
    }),
    'ollama  secret GARVIS_MCP_TOKEN: added, given (.env.local)  (compose)',
  ],
  [
    'a variable of the caller',
    editService('ollama', (service) => {
      service.environment.HTTPS_PROXY = null;
    }),
    'ollama  environment HTTPS_PROXY: added, from the environment that Compose is started in  (compose)',
  ],
  [
    'a value of the caller',
    editService('ollama', (service) => {
      service.working_dir = '${PLACE}';
    }),
    'ollama  filled in working_dir: added, ${PLACE}  (compose)',
  ],
  // kubernetes
  [
    'a pod becomes root',
    editObject('StatefulSet', 'codex-cli', ({ spec }) => {
      spec.template.spec.securityContext.runAsUser = 0;
    }),
    'codex-cli  user: 10001:10001 -> 0:10001  (kubernetes)',
  ],
  [
    'a pod may write to its root',
    editContainer('StatefulSet', 'codex-cli', (container) => {
      container.securityContext.readOnlyRootFilesystem = false;
    }),
    'codex-cli  root filesystem: read-only -> writable  (kubernetes)',
  ],
  [
    'a pod may gain privileges',
    editContainer('StatefulSet', 'codex-cli', (container) => {
      delete container.securityContext.allowPrivilegeEscalation;
    }),
    'codex-cli  new privileges: cannot be gained -> can be gained  (kubernetes)',
  ],
  [
    'a pod makes every system call',
    editObject('StatefulSet', 'codex-cli', ({ spec }) => {
      delete spec.template.spec.securityContext.seccompProfile;
    }),
    'codex-cli  system calls: RuntimeDefault -> Unconfined  (kubernetes)',
  ],
  [
    'a pod is on the network of its node',
    editObject('StatefulSet', 'codex-cli', ({ spec }) => {
      spec.template.spec.hostNetwork = true;
    }),
    'codex-cli  network of: added, the host  (kubernetes)',
  ],
  [
    'a pod may speak to the cluster',
    editObject('StatefulSet', 'codex-cli', ({ spec }) => {
      spec.template.spec.automountServiceAccountToken = true;
    }),
    'codex-cli  cluster token: not mounted -> mounted  (kubernetes)',
  ],
  [
    'a mount of a pod can be written',
    editContainer('StatefulSet', 'mcp-gateway', ({ volumeMounts }) => {
      delete volumeMounts.find(({ mountPath }: { mountPath: string }) => mountPath === '/workspace').readOnly;
    }),
    'mcp-gateway  mount /workspace: read-only (shared-data) -> read-write (shared-data)  (kubernetes)',
  ],
  [
    "a container beside the pod's own",
    editObject('StatefulSet', 'codex-cli', ({ spec }) => {
      spec.template.spec.containers.push({ name: 'sidecar', image: 'sidecar:1' });
    }),
    'codex-cli container sidecar  container: added, sidecar:1  (kubernetes)',
  ],
  [
    'a secret for a pod',
    editContainer('StatefulSet', 'ollama', ({ env }) => {
      env.push({ name: 'KEY', valueFrom: { secretKeyRef: { name: 'garvis-env', key: 'KEY' } } });
    }),
    'ollama  secret KEY: added, given (Secret garvis-env)  (kubernetes)',
  ],
  [
    'a policy lets a peer in and out',
    (texts) => peered(texts),
    'ollama  reaches mcp-gateway:8811/tcp: added  (kubernetes)',
  ],
  [
    'half a policy',
    editObject('NetworkPolicy', 'mcp-gateway', ({ spec }) => {
      spec.ingress[0].from.push({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ollama' } } });
    }),
    'ollama  reaches mcp-gateway:8811/tcp: added, only mcp-gateway lets it in  (kubernetes)',
  ],
  [
    'a policy opens everything',
    editObject('NetworkPolicy', 'mcp-gateway', ({ spec }) => {
      spec.egress = [{}];
    }),
    'mcp-gateway  reaches everything: added (every port)  (kubernetes)',
  ],
  [
    'an exception of the internet goes',
    editObject('NetworkPolicy', 'ollama-download', ({ spec }) => {
      spec.egress.at(-1).to[0].ipBlock.except = [];
    }),
    'ollama-download  reaches the internet: yes (0.0.0.0/0 but not',
  ],
  [
    'the namespace is no longer closed',
    editObject('NetworkPolicy', 'default-deny', ({ spec }) => {
      spec.policyTypes = ['Ingress'];
    }),
    'namespace  default deny egress: removed  (kubernetes)',
  ],
  [
    'pod security is lowered',
    editObject('Namespace', 'garvis', ({ metadata }) => {
      metadata.labels['pod-security.kubernetes.io/enforce'] = 'privileged';
    }),
    'namespace  pod security: baseline -> privileged  (kubernetes)',
  ],
  [
    'a port of every node',
    editObject('Service', 'mcp-gateway', ({ spec }) => {
      spec.type = 'NodePort';
    }),
    'mcp-gateway  port 8811/tcp: inside -> inside and every interface, NodePort  (kubernetes)',
  ],
  [
    'an object of another kind',
    editObject('Namespace', 'garvis', (namespace) => {
      Object.assign(namespace, { kind: 'ClusterRole' });
    }),
    'ClusterRole garvis  object: added  (kubernetes)',
  ],
  // the tool policy, on both targets
  [
    'a tool comes',
    editPolicy(({ tools }) => {
      tools.push({ ...tools[0], name: 'another' });
    }),
    'mcp-gateway tool another  tool: added, wc -l -- {path}, for codex-cli, paths ** but not .git .git/** **/.env* ' +
      '**/*.pem **/*.key **/.ssh/**  (compose, kubernetes)',
  ],
  [
    'more programs run at once',
    editPolicy(({ concurrency }) => {
      concurrency.command = 16;
    }),
    'mcp-gateway  policy limit commands at once: 4 -> 16  (compose, kubernetes)',
  ],
  [
    'a client comes',
    editPolicy(({ clients }) => {
      clients.push({ name: 'guest', tokenEnv: 'GUEST' });
    }),
    'mcp-gateway client guest  client: added, with the token GUEST  (compose, kubernetes)',
  ],
  [
    'a client of a tool',
    editTool('fs_read', ({ clients }) => {
      clients.push('guest');
    }),
    'mcp-gateway tool fs_read  client guest: added  (compose, kubernetes)',
  ],
  [
    'a path is no longer denied',
    editTool('fs_read', ({ paths }) => {
      paths.deny = paths.deny.filter((glob: string) => glob !== '**/*.pem');
    }),
    'mcp-gateway tool fs_read  deny "**/*.pem": removed  (compose, kubernetes)',
  ],
  [
    'another path is allowed',
    editTool('fs_read', ({ paths }) => {
      paths.allow.push('../**');
    }),
    'mcp-gateway tool fs_read  allow "../**": added  (compose, kubernetes)',
  ],
  [
    'a tool may take longer',
    editTool('fs_read', ({ limits }) => {
      limits.timeoutMs = 20_000;
    }),
    'mcp-gateway tool fs_read  timeout: 10000 ms -> 20000 ms  (compose, kubernetes)',
  ],
  [
    'a tool may answer more',
    editTool('fs_read', ({ limits }) => {
      limits.maxOutputBytes = 300_000;
    }),
    'mcp-gateway tool fs_read  limit output: 262144 bytes -> 300000 bytes  (compose, kubernetes)',
  ],
  [
    'a tool may be called more often',
    editTool('fs_read', ({ limits }) => {
      limits.callsPerMinute = 600;
    }),
    'mcp-gateway tool fs_read  limit calls: 120 a minute -> 600 a minute  (compose, kubernetes)',
  ],
  [
    "a tool gives more entries than the schema's default",
    editTool('fs_list', (tool) => {
      tool.maxEntries = 2000;
    }),
    'mcp-gateway tool fs_list  limit entries: 1000 -> 2000  (compose, kubernetes)',
  ],
  [
    'a tool does something else',
    editTool('fs_list', (tool) => {
      tool.operation = 'read';
    }),
    'mcp-gateway tool fs_list  operation: added, file read  (compose, kubernetes)',
  ],
  [
    'a tool runs something else',
    editTool('count_lines', (tool) => {
      tool.argv[0] = 'cat';
    }),
    'mcp-gateway tool count_lines  command: added, cat -l -- {path}  (compose, kubernetes)',
  ],
  [
    'a tool writes',
    editTool('count_lines', (tool) => {
      tool.writes = true;
    }),
    'mcp-gateway tool count_lines  writes: no -> yes  (compose, kubernetes)',
  ],
  [
    'git obeys the workspace',
    editTool('git_log', (tool) => {
      delete tool.gitHistory;
    }),
    'mcp-gateway tool git_log  git: added, reads the configuration of the workspace  (compose, kubernetes)',
  ],
  [
    'a bigger number',
    editTool('git_log', ({ parameters }) => {
      parameters.count.maximum = 500;
    }),
    'mcp-gateway tool git_log  parameter count maximum: 50 -> 500  (compose, kubernetes)',
  ],
  [
    'a smaller number',
    editTool('git_log', ({ parameters }) => {
      parameters.count.minimum = -1;
    }),
    'mcp-gateway tool git_log  parameter count minimum: 1 -> -1  (compose, kubernetes)',
  ],
  [
    'a longer text',
    editTool('git_show', ({ parameters }) => {
      parameters.revision.maxLength = 4096;
    }),
    'mcp-gateway tool git_show  parameter revision longest: 80 characters -> 4096 characters  (compose, kubernetes)',
  ],
  [
    'more characters',
    editTool('git_show', ({ parameters }) => {
      parameters.revision.charset = 'printable';
    }),
    'mcp-gateway tool git_show  parameter revision characters: revision -> printable  (compose, kubernetes)',
  ],
  [
    'another kind of parameter',
    editTool('git_show', ({ parameters }) => {
      parameters.revision = { type: 'choice', values: ['HEAD'] };
    }),
    'mcp-gateway tool git_show  parameter revision choice "HEAD": added  (compose, kubernetes)',
  ],
  [
    'the workspace can be written',
    editPolicy(({ workspace }) => {
      workspace.access = 'read-write';
    }),
    'mcp-gateway  policy workspace access: read-only -> read-write  (compose, kubernetes)',
  ],
  [
    'another workspace',
    editPolicy(({ workspace }) => {
      workspace.root = '/';
    }),
    'mcp-gateway  policy workspace: added, /  (compose, kubernetes)',
  ],
  [
    'another origin',
    editPolicy(({ http }) => {
      http.allowedOrigins.push('https://example.org');
    }),
    'mcp-gateway  allowed origin https://example.org: added  (compose, kubernetes)',
  ],
  [
    'another host',
    editPolicy(({ http }) => {
      http.allowedHosts.push('example.org');
    }),
    'mcp-gateway  allowed host example.org: added  (compose, kubernetes)',
  ],
  [
    'a key that the schema lacks',
    editTool('fs_read', (tool) => {
      tool.shell = true;
    }),
    'mcp-gateway tool fs_read  setting shell: added, true  (compose, kubernetes)',
  ],
];

/** Both ends of a way. */
function peered(texts: Texts): Texts {
  const selecting = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
  const into = editObject('NetworkPolicy', 'mcp-gateway', ({ spec }) => {
    spec.ingress[0].from.push(selecting('ollama'));
  });
  const out = editObject('NetworkPolicy', 'ollama', ({ metadata, spec }) => {
    if (metadata.name === 'ollama') {
      spec.egress = [{ to: [selecting('mcp-gateway')], ports: [{ port: 8811, protocol: 'TCP' }] }];
    }
  });
  return out(into(texts));
}
