import * as jsYaml from 'js-yaml';
import { MountPlan, OverridesPlan, ServicePlan } from '../../../src/plan/plan';
import { renderCompose } from '../../../src/targets/compose';
import { renderKubernetes } from '../../../src/targets/kubernetes';
import { aPlan, aService } from '../../plan/plan-builder';

const LABEL = 'toolbox-constructs.config-digest';

function aFile(name: string, text: string): MountPlan {
  return {
    kind: 'file',
    path: `/etc/web/${name}`,
    file: { constructPath: `box/web/${name}`, name, content: [{ kind: 'text', text }] },
  };
}

function servicesOf(services: ServicePlan[]): Record<string, { labels?: Record<string, string> | string[] }> {
  const [{ content }] = renderCompose(aPlan({ services })).files;
  return (jsYaml.load(content) as { services: Record<string, object> }).services;
}

function labelsOf(
  mounts: MountPlan[],
  compose: OverridesPlan['compose'] = [],
): Record<string, string> | string[] | undefined {
  return servicesOf([aService({ mounts, overrides: { compose, kubernetes: [] } })]).web.labels;
}

const overridden = (value: unknown): OverridesPlan['compose'] => [{ key: 'labels', value, reason: 'A test.' }];

describe('the digest of configuration files', () => {
  const files = [aFile('policy.json', '{"deny":[]}'), aFile('other.cfg', 'a')];

  test('is a label of every service that mounts some, so that "up" replaces the container when one changes', () => {
    expect(labelsOf(files)).toEqual({ [LABEL]: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(labelsOf([])).toBeUndefined();
  });

  test('changes with the text, the name and the number of the files, and with nothing else', () => {
    const different = [
      files,
      [aFile('policy.json', '{"deny":["a"]}'), files[1]],
      [files[0], aFile('other.cfg', 'b')],
      [files[0], aFile('another.cfg', 'a')],
      [files[0]],
      [files[1]],
    ].map((mounts) => JSON.stringify(labelsOf(mounts)));
    expect(new Set(different).size).toBe(different.length);
    expect(labelsOf([...files, { kind: 'scratch', path: '/tmp', megabytes: 1, executable: false }])).toEqual(
      labelsOf(files),
    );
  });

  test('of one service changes no other service', () => {
    const other = aService({ name: 'other', mounts: [aFile('other.cfg', 'a')] });
    const before = servicesOf([aService({ mounts: files }), other]);
    const after = servicesOf([aService({ mounts: [files[0]] }), other]);
    expect(after.web).not.toEqual(before.web);
    expect(after.other).toEqual(before.other);
  });

  test('stays whatever an override makes of the labels', () => {
    const digest = (labelsOf(files) as Record<string, string>)[LABEL];
    expect(labelsOf(files, overridden({ team: 'a', [LABEL]: 'old' }))).toEqual({ team: 'a', [LABEL]: digest });
    expect(labelsOf(files, overridden(['team=a', `${LABEL}=old`]))).toEqual(['team=a', `${LABEL}=${digest}`]);
    expect(labelsOf(files, overridden(undefined))).toEqual({ [LABEL]: digest });
  });

  test('names the ConfigMap of a cluster, too', () => {
    const digest = (labelsOf(files) as Record<string, string>)[LABEL];
    const manifests = renderKubernetes(aPlan({ services: [aService({ mounts: files })] }))
      .files.map(({ content }) => content)
      .join('');
    expect(manifests).toContain(`: web-files-${digest.slice('sha256:'.length, 'sha256:'.length + 10)}`);
  });
});
