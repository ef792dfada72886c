import { aService, aToolbox, findings, messages } from './support';
import { nameReserved } from '../../src/rules/name-reserved';

describe('rule name-reserved', () => {
  test('warns of names with another meaning', () => {
    expect(messages(nameReserved, (box) => aService(box, 'localhost'))).toHaveLength(1);
    expect(messages(nameReserved, (box) => aService(box, 'kubernetes'))).toHaveLength(1);
  });

  test('warns of a toolbox that would be a namespace of the cluster itself', () => {
    expect(findings(aToolbox(undefined, 'kube-system'), nameReserved).map(({ message }) => message)).toEqual([
      expect.stringContaining('of this toolbox'),
    ]);
  });

  test('accepts any other name', () => {
    expect(messages(nameReserved, (box) => aService(box, 'app'))).toEqual([]);
  });
});
