import { aService, messages } from './support';
import { Image } from '../../src/core';
import { buildContext } from '../../src/rules/build-context';

describe('rule build-context', () => {
  test('fails for a folder or a Dockerfile that is not there', () => {
    const said = (context: string, dockerfile?: string) => messages(buildContext, (box) => aService(box, 'a', { image: Image.fromBuild(context, { repository: 'a/b', tag: '1', dockerfile }) }));
    expect(said('containers/nothing')).toEqual(['There is no "containers/nothing/Dockerfile" to build from.']);
    expect(said('containers', 'codex-cli/Nothing')).toHaveLength(1);
    expect(said('../outside')).toEqual(['The build context "../outside" with "Dockerfile" lies outside the project.']);
    expect(said('/etc')).toHaveLength(1);
    expect(said('containers', '../../Dockerfile')).toHaveLength(1);
  });

  test('accepts a folder with its Dockerfile', () => {
    expect(messages(buildContext, (box) => aService(box, 'a', { image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', dockerfile: 'codex-cli/Dockerfile' }) }))).toEqual([]);
  });
});
