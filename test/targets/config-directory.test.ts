import * as jsYaml from 'js-yaml';
import { ConfigDirectory, Mount, Testing } from '../../src/core';
import { aService, aToolbox } from '../rules/support';

function synth(directory: string): { readonly compose: any; readonly objects: any[]; readonly errors: string[] } {
  const box = aToolbox();
  const service = aService(box, 'web');
  service.addMount(Mount.directory(new ConfigDirectory(service, 'conf.d', { directory }), '/etc/nginx/conf.d'));
  const { findings, files } = Testing.synth(box);
  return {
    errors: findings.map(({ rule }) => rule),
    compose: jsYaml.load(files['compose/docker-compose.draft.yml'] ?? ''),
    objects: Object.keys(files).filter((path) => path.startsWith('kubernetes/')).flatMap((path) => (
      jsYaml.loadAll(files[path]) as any[])),
  };
}

describe('a folder of configuration files', () => {
  test('is mounted itself by Compose, and is a ConfigMap in a cluster', () => {
    const { errors, compose, objects } = synth('./test/synth');
    expect(errors).toEqual([]);
    expect(compose.services.web.volumes).toEqual([{
      type: 'bind',
      source: '../../test/synth',
      target: '/etc/nginx/conf.d',
      read_only: true,
      bind: { create_host_path: false },
    }]);
    expect(compose.services.web.labels).toEqual({
      'toolbox-constructs.config-digest': expect.stringMatching(/^sha256:/),
    });
    const [configMap] = objects.filter(({ kind }) => kind === 'ConfigMap');
    expect(configMap.metadata.name).toMatch(/^web-folder-conf-d-[0-9a-f]{10}-[0-9a-f]{10}$/);
    const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
    expect(spec.volumes).toMatchObject([{ configMap: { name: configMap.metadata.name } }]);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name: spec.volumes[0].name, mountPath: '/etc/nginx/conf.d', readOnly: true },
    ]);
    expect(Object.keys(configMap.data as object)).toContain('order.test.ts');
  });

  test('outside the project is a finding', () => {
    expect(synth('../other').errors).toEqual(['mount-host-path']);
  });
});
