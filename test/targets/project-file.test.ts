import * as jsYaml from 'js-yaml';
import { FilePlan, MountPlan, ProjectFilePlan } from '../../src/plan/plan';
import { renderCompose } from '../../src/targets/compose';
import { aPlan, aService } from '../plan/plan-builder';
import { Rendered } from './kubernetes/rendered';

function mountOf(source: Partial<ProjectFilePlan>, text?: string): MountPlan {
  const file: FilePlan = {
    constructPath: 'box/web/nginx.conf',
    name: 'nginx.conf',
    content: text === undefined ? [] : [{ kind: 'text', text }],
    source: { path: './nginx/nginx.conf', executable: false, digest: 'sha256:1', bytes: 5, ...source },
  };
  return { kind: 'file', path: '/etc/nginx/nginx.conf', file };
}

function composeOf(mount: MountPlan): {
  readonly volumes: object[];
  readonly labels: object;
  readonly paths: string[];
} {
  const { files } = renderCompose(aPlan({ services: [aService({ mounts: [mount] })] }));
  const { services } = jsYaml.load(files[0].content) as { services: Record<string, any> };
  return { ...services.web, paths: files.map(({ path }) => path) };
}

describe('a file of the project', () => {
  test('is mounted from where it is by Compose, and never copied', () => {
    const { volumes, paths } = composeOf(mountOf({}, 'text\n'));
    expect(volumes).toEqual([{
      type: 'bind',
      source: '../../nginx/nginx.conf',
      target: '/etc/nginx/nginx.conf',
      read_only: true,
      bind: { create_host_path: false },
    }]);
    expect(paths).toEqual(['compose/docker-compose.draft.yml']);
  });

  test.each([
    ['~/.gitconfig', '~/.gitconfig'],
    ['/etc/hostname', '/etc/hostname'],
    ['../files/a.conf', '../../../files/a.conf'],
  ])('of the machine, %s, is mounted from %s', (path, source) => {
    expect(composeOf(mountOf({ path })).volumes).toMatchObject([{ source }]);
  });

  test('replaces its container when it changes, unless the service writes it', () => {
    expect(composeOf(mountOf({}, 'one')).labels).not.toEqual(composeOf(mountOf({}, 'two')).labels);
    expect(composeOf(mountOf({ base64: 'AA==' })).labels)
      .not.toEqual(composeOf(mountOf({ base64: 'AQ==', digest: 'sha256:2' })).labels);
    const written = { ...mountOf({}, 'one'), writable: true } as MountPlan;
    expect(composeOf(written).labels).toBeUndefined();
    expect(composeOf(written).volumes).not.toMatchObject([{ read_only: true }]);
  });

  test('is a key of a ConfigMap in a cluster, text or not, with its permissions', () => {
    const rendered = Rendered.services(
      aService({
        mounts: [
          mountOf({ executable: true }, '#!/bin/sh\n'),
          {
            kind: 'file',
            path: '/logo',
            file: {
              ...(mountOf({}) as { file: FilePlan }).file,
              name: 'logo',
              source: { path: 'logo', executable: false, base64: 'AAH/' },
            },
          },
        ],
      }),
    );
    expect(rendered.ofKind('ConfigMap')).toMatchObject([
      { data: { 'nginx.conf': '#!/bin/sh\n' }, binaryData: { logo: 'AAH/' } },
    ]);
    expect(rendered.pod('Deployment').volumes).toMatchObject([{
      configMap: { items: [{ key: 'logo', path: 'logo' }, { key: 'nginx.conf', path: 'nginx.conf', mode: 0o755 }] },
    }]);
  });

  test('of the machine is refused by a cluster, which does not have it', () => {
    const rendered = Rendered.services(aService({ mounts: [mountOf({ path: '~/.gitconfig', digest: undefined })] }));
    expect(rendered.ofKind('ConfigMap')).toEqual([]);
    expect(rendered.entry('box/web', 'host paths of files')).toMatchObject({
      verdict: 'refused',
      reason: 'A pod sees no file of your machine, so there is nothing at /etc/nginx/nginx.conf.',
    });
  });

  test('that is to be written is read-only in a cluster, which the report says', () => {
    const rendered = Rendered.services(aService({ mounts: [{ ...mountOf({}, 'x'), writable: true } as MountPlan] }));
    expect(rendered.entry('box/web', 'mounts')).toMatchObject({ verdict: 'left-out' });
  });
});
