import { spawnSync } from 'node:child_process';
import { HostServicePlan } from '../../src/plan/plan';
import { listenOnBridge, shareFolder } from '../../src/targets/host-commands';

function aHost(variable: string, systemdUnit?: string): HostServicePlan {
  const addressSetting = { variable, systemdUnit };
  return {
    path: 'box/models',
    name: 'models',
    description: '',
    hostname: 'host.docker.internal',
    port: 11434,
    addressSetting,
  };
}

/** Runs commands in a shell in which sudo prints what it would run, and passes its input on. */
function shell(...commands: readonly string[]): string {
  const sudo = 'sudo() { printf "%s\\n" "sudo $*"; if [ "$1" = tee ]; then cat; fi; }';
  const { status, stdout, stderr } = spawnSync('sh', ['-euc', [sudo, ...commands].join('\n')], {
    encoding: 'utf8',
    input: '',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('a server of the host is made to listen on the bridge, after the engine has created it', () => {
  expect(
    shell('bridge=172.17.0.1', ...listenOnBridge(aHost('OLLAMA_HOST', 'ollama'), '"$bridge"')).split('\n'),
  ).toEqual([
    'sudo mkdir -p /etc/systemd/system/ollama.service.d',
    'sudo tee /etc/systemd/system/ollama.service.d/bridge.conf',
    '[Unit]',
    'After=docker.service',
    '',
    '[Service]',
    'Environment="OLLAMA_HOST=172.17.0.1:11434"',
    'sudo systemctl daemon-reload',
    'sudo systemctl restart ollama',
    '',
  ]);
});

test.each([['A$(touch /nowhere/x)B'], ["A'B"], ['A%sB'], ['A;false']])('what the model says is not run: %s', (text) => {
  const lines = shell(...listenOnBridge(aHost(text, text), '172.17.0.1'));
  expect(lines).toContain(`Environment="${text}=172.17.0.1:11434"`);
  expect(lines).toContain(`sudo systemctl restart ${text}`);
});

test('gives no advice when it is unknown how to configure the server', () => {
  expect(listenOnBridge(aHost('X'), '172.17.0.1')).toEqual([]);
});

test('a folder is shared with the users of containers and with its owner, whatever its name', () => {
  expect(shell('setfacl() { printf "%s\\n" "$@"; }', shareFolder("./it's mine", [10001, 10002])).split('\n')).toEqual([
    '--recursive',
    '--modify',
    `u:10001:rwX,d:u:10001:rwX,u:10002:rwX,d:u:10002:rwX,d:u:${process.getuid!()}:rwX`,
    "./it's mine",
    '',
  ]);
});
