import { advice, aService, aToolbox, messages } from './support';
import { DependencyCondition, Lifecycle, Place } from '../../src/core';
import { dependencyCondition } from '../../src/rules/dependency-condition';

describe('rule dependency-condition', () => {
  test('fails for conditions that never come true', () => {
    const said = (condition: DependencyCondition, props: object) =>
      advice(dependencyCondition, (box) => aService(box, 'a').addDependency(aService(box, 'b', props), condition));
    expect(said(DependencyCondition.HEALTHY, { healthCheck: undefined })).toEqual([
      ['Waits for "b" to be healthy, but it has no health check.', dependencyCondition.fix],
    ]);
    expect(said(DependencyCondition.HEALTHY, { lifecycle: Lifecycle.ONE_SHOT })).toEqual([
      ['Waits for "b" to be healthy, but it is a one-shot.', 'Use DependencyCondition.COMPLETED.'],
    ]);
    expect(said(DependencyCondition.COMPLETED, {})).toEqual([
      [
        'Waits for "b" to complete, but it is long-running.',
        'Make it a one-shot, or use another condition.',
      ],
    ]);
    expect(said(DependencyCondition.STARTED, { places: [Place.CLUSTER] })).toEqual([
      ['Depends on "b", which does not run on the workstation.', 'Give both the same places.'],
    ]);
  });

  test('leaves a service of another toolbox to a rule of its own', () => {
    expect(messages(dependencyCondition, (box) => aService(box, 'a').addDependency(aService(aToolbox(), 'b')))).toEqual(
      [],
    );
  });

  test('accepts conditions that can', () => {
    expect(messages(dependencyCondition, (box) => {
      const a = aService(box, 'a');
      a.addDependency(aService(box, 'b'));
      a.addDependency(aService(box, 'c', { lifecycle: Lifecycle.ONE_SHOT }), DependencyCondition.COMPLETED);
      a.addDependency(aService(box, 'd', { healthCheck: undefined }), DependencyCondition.STARTED);
    })).toEqual([]);
  });
});
