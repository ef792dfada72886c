import { aService, messages } from './support';
import { dependencyCycle } from '../../src/rules/dependency-cycle';

describe('rule dependency-cycle', () => {
  test('fails for a service that waits for itself', () => {
    expect(messages(dependencyCycle, (box) => {
      const a = aService(box, 'a');
      a.addDependency(a);
    })).toEqual(['Dependency cycle: a -> a.']);
  });

  test('fails for a cycle, once', () => {
    expect(messages(dependencyCycle, (box) => {
      const [a, b, c] = ['a', 'b', 'c'].map((id) => aService(box, id));
      a.addDependency(b);
      b.addDependency(c);
      c.addDependency(a);
    })).toEqual(['Dependency cycle: a -> b -> c -> a.']);
  });

  test('names those of the cycle only, not who leads to it', () => {
    expect(messages(dependencyCycle, (box) => {
      const [a, b, c] = ['a', 'b', 'c'].map((id) => aService(box, id));
      a.addDependency(b);
      b.addDependency(c);
      c.addDependency(b);
    })).toEqual(['Dependency cycle: b -> c -> b.']);
  });

  test('accepts a diamond, and a chain of thousands', () => {
    expect(messages(dependencyCycle, (box) => {
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => aService(box, id));
      a.addDependency(b);
      a.addDependency(c);
      b.addDependency(d);
      c.addDependency(d);
      const chain = Array.from({ length: 3000 }, (_, index) => aService(box, `s${index}`));
      chain.slice(1).forEach((service, index) => chain[index].addDependency(service));
    })).toEqual([]);
  });
});
