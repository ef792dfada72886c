import { lazy } from '../../src/util/lazy';

test('a module is loaded at its first use, and once', () => {
  const load = jest.fn(() => ({ name: 'module' }));
  const module = lazy(load);
  expect(load).not.toHaveBeenCalled();
  expect([module(), module()]).toEqual([{ name: 'module' }, { name: 'module' }]);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a module that failed to load is loaded again', () => {
  const load = jest.fn(() => 'module').mockImplementationOnce(() => { throw new Error('no such module'); });
  const module = lazy(load);
  expect(module).toThrow('no such module');
  expect(module()).toBe('module');
});
