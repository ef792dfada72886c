import { quantity } from '../../../src/targets/kubernetes/quantity';

test.each([
  [1024, 'Mi', '1Gi'], [1536, 'Mi', '1536Mi'], [1048576, 'Mi', '1Ti'], [1, 'Mi', '1Mi'], [0, 'Mi', '0'],
  [2000, 'm', '2'], [2500, 'm', '2500m'], [1_000_000, 'm', '1k'], [250, 'm', '250m'], [1, '', '1'], [1000, '', '1k'],
] as const)('%d%s is given as %s, as by the API server', (amount, unit, text) => {
  expect(quantity(amount, unit).value).toBe(text);
});
