import { loadAll } from 'js-yaml';
import { Cpu, Mount, Resources, RestartPolicy, ServiceProps, Size, Toolbox, User, Waiver } from '../../src/core';
import { synthesize } from '../../src/synth';
import { aService } from '../rules/support';

/** The Compose service and the pod template of a service, as the files state them. */
function rendered(props: Partial<ServiceProps>): { readonly compose: any; readonly pod: any } {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  new Waiver(toolbox, 'limits', { rule: 'service-limits', reason: 'The test says only one of them.' });
  aService(toolbox, 'web', props);
  const { files, findings } = synthesize(toolbox);
  expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
  const documents = (path: RegExp): any[] => loadAll(files.find((file) => path.test(file.path))!.content);
  return {
    compose: documents(/docker-compose/)[0].services.web,
    pod: documents(/services\/web\.yaml$/).find(({ kind }) => kind === 'Deployment').spec.template,
  };
}

test.each<[policy: RestartPolicy | undefined, text: string]>([
  [undefined, 'unless-stopped'],
  [RestartPolicy.NEVER, 'no'],
  [RestartPolicy.ALWAYS, 'always'],
  [RestartPolicy.UNLESS_STOPPED, 'unless-stopped'],
  [RestartPolicy.onFailure(), 'on-failure'],
  [RestartPolicy.onFailure(3), 'on-failure:3'],
])('the compose file has the restart policy of the model: %#', (restart, text) => {
  expect(rendered({ restart }).compose.restart).toBe(text);
});

const LIMITS = ['cpus', 'mem_limit', 'mem_reservation', 'memswap_limit', 'pids_limit'];

test.each<[resources: Resources, keys: Record<string, unknown>]>([
  [{ exact: true, memory: Size.mebibytes(64) }, { mem_limit: '64m' }],
  [{ exact: true, cpu: Cpu.millis(500) }, { cpus: 0.5 }],
  [{ exact: true, memoryRequest: Size.mebibytes(64) }, { mem_reservation: '64m' }],
  [{ exact: true, pids: 9 }, { pids_limit: 9 }],
  [
    { exact: true, memory: Size.mebibytes(64), memorySwap: Size.mebibytes(96) },
    { mem_limit: '64m', memswap_limit: '96m' },
  ],
  [
    { memory: Size.mebibytes(64) },
    { mem_limit: '64m', mem_reservation: '32m', memswap_limit: '64m', pids_limit: 256 },
  ],
])('one limit does not need another: %j', (resources, keys) => {
  const { compose } = rendered({ resources });
  expect(Object.fromEntries(LIMITS.filter((key) => key in compose).map((key) => [key, compose[key]]))).toEqual(keys);
});

test('a service can have the rights that an engine gives every container', () => {
  const { compose, pod } = rendered({ capDrop: [], securityOpt: [], readOnlyRoot: false });
  expect(Object.keys(compose).filter((key) => /^(cap_|security_opt|read_only)/.test(key))).toEqual([]);
  expect(pod.spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: true,
    privileged: false,
    readOnlyRootFilesystem: false,
  });
});

test.each([
  [Mount.scratch('/a'), '/a:size=64m,mode=1777,uid=10001,gid=10001,noexec,nosuid,nodev'],
  [Mount.scratch('/a', { unlimited: true }), '/a:mode=1777,uid=10001,gid=10001,noexec,nosuid,nodev'],
  [
    Mount.scratch('/a', { size: Size.mebibytes(10), mode: '0755', owner: User.of(0), executable: true }),
    '/a:size=10m,mode=0755,uid=0,gid=0,exec,nosuid,nodev',
  ],
])('scratch space has the options of the model: %#', (mount, text) => {
  expect(rendered({ mounts: [mount] }).compose.tmpfs).toEqual([text]);
});

test('labels are for the engine, annotations for both targets', () => {
  const { compose, pod } = rendered({ labels: { 'b.c': '1', 'a': '' }, annotations: { 'example.org/x': 'y' } });
  expect(compose).toMatchObject({ labels: { 'a': '', 'b.c': '1' }, annotations: { 'example.org/x': 'y' } });
  expect(pod.metadata.annotations).toEqual({ 'example.org/x': 'y' });
});
