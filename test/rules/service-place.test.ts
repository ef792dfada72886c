import { aService, aToolbox, messages } from './support';
import { Place } from '../../src/core';
import { resolve } from '../../src/plan/resolve';
import { servicePlace } from '../../src/rules/service-place';

describe('rule service-place', () => {
  test('fails for a service that no target would have', () => {
    expect(messages(servicePlace, (box) => aService(box, 'a', { places: [] }))).toEqual([
      'The list of places is empty, so no target renders the service.',
    ]);
  });

  test('accepts one place, and all; a place that is named twice is one', () => {
    expect(messages(servicePlace, (box) => {
      aService(box, 'a');
      aService(box, 'b', { places: [Place.CLUSTER] });
    })).toEqual([]);
    const box = aToolbox();
    aService(box, 'a', { places: [Place.CLUSTER, Place.CLUSTER] });
    expect(resolve(box).plan.services[0].places).toEqual(['cluster']);
  });
});
