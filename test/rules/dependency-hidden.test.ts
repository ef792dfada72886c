import { aService, aToolbox, messages } from './support';
import { EnvironmentValue, HostService, Profile } from '../../src/core';
import { dependencyHidden } from '../../src/rules/dependency-hidden';

describe('rule dependency-hidden', () => {
  test('fails for a dependency on a part that may be absent', () => {
    expect(messages(dependencyHidden, (box) => {
      const part = new Profile(box, 'extra', { description: 'd' });
      aService(box, 'a').addDependency(aService(box, 'b', { profile: part }));
    })).toEqual(['Depends on "b", which exists only with the profile "extra".']);
  });

  test('fails for the address of a host service whose relay may be absent', () => {
    expect(messages(dependencyHidden, (box) => {
      const host = new HostService(box, 'host', { port: 80 });
      host.relayThrough(aService(box, 'relay', { profile: new Profile(box, 'extra', { description: 'd' }) }));
      aService(box, 'a', { environment: { URL: EnvironmentValue.endpoint(host.endpoint()) } });
    })).toEqual(['Depends on "relay", which exists only with the profile "extra".']);
  });

  test('leaves a service of another toolbox to a rule of its own', () => {
    expect(messages(dependencyHidden, (box) => aService(box, 'a').addDependency(aService(aToolbox(), 'b')))).toEqual(
      [],
    );
  });

  test('accepts a dependency within a part, and from a part to what is always there', () => {
    expect(messages(dependencyHidden, (box) => {
      const part = new Profile(box, 'extra', { description: 'd' });
      const inside = aService(box, 'a', { profile: part });
      inside.addDependency(aService(box, 'b', { profile: part }));
      inside.addDependency(aService(box, 'c'));
    })).toEqual([]);
  });
});
