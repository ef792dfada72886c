import { aPin } from './support';
import { compareVersion, judgeVersion } from '../../src/doctor/compare-version';

describe('a version that was found, against one that is asked for', () => {
  test.each([
    ['28.4.0', '28.4.0', 'same'],
    ['v28.4.0', '28.4.0', 'same'],
    ['26.1.5+dfsg1', '26.1.5', 'same'],
    ['2.26.1-4', '2.26.1', 'same'],
    ['2.26.1-4+b2', '2.26.2', 'older'],
    ['28.4.1', '28.4', 'same'],
    ['26.1.5', '28.4.0', 'older'],
    ['28.3.9', '28.4.0', 'older'],
    ['28.4', '28.4.1', 'older'],
    ['28.10.0', '28.9.0', 'newer'],
    ['0.12.3-rc1', '0.12.3', 'older'],
    ['0.12.3', '0.12.3-rc1', 'newer'],
    ['0.12.3-rc2', '0.12.3-rc1', 'unlike'],
    ['20b', '20b', 'same'],
    ['latest', '1.0.0', 'unlike'],
    ['\u001b[2J', '1.0.0', 'unlike'],
    [`1.${'9'.repeat(400)}`, '1.0.0', 'unlike'],
    ['', '1.0.0', 'unlike'],
  ])('%j against %j is %s', (found, asked, order) => {
    expect(compareVersion(found, asked)).toBe(order);
  });
});

describe('a pin', () => {
  const install = (version: string) => `Install X ${version}`;

  test('that is met is fine', () => {
    expect(judgeVersion('X', '1.2.3', aPin('x', '1.2.3'), install)).toEqual({
      subject: 'X',
      status: 'ok',
      found: '1.2.3',
      expected: '1.2.3',
    });
  });

  test('fails with an older version, and says how to get the asked one and where it is pinned', () => {
    const result = judgeVersion('X', '1.2.2', aPin('x', '1.2.3'), install);
    expect(result).toMatchObject({ status: 'failure', found: '1.2.2, which is older', expected: '1.2.3' });
    expect(result.fix).toBe(
      'Install X 1.2.3; or verify with the installed version and pin it in inventories/versions.yaml:7.',
    );
  });

  test('warns of a newer version and of one that cannot be compared', () => {
    expect(judgeVersion('X', '1.3.0', aPin('x', '1.2.3'), install)).toMatchObject({
      status: 'warning',
      found: '1.3.0, which is newer than verified',
    });
    expect(judgeVersion('X', 'main', aPin('x', '1.2.3'), install)).toMatchObject({
      status: 'warning',
      found: 'main, which cannot be compared',
    });
  });

  test('that is not there, or not decided, asks for nothing', () => {
    expect(judgeVersion('X', '1.0.0', undefined, install)).toEqual({
      subject: 'X',
      status: 'ok',
      found: '1.0.0',
      expected: 'not pinned',
    });
    expect(judgeVersion('X', '1.0.0', aPin('x', undefined), install)).toEqual({
      subject: 'X',
      status: 'ok',
      found: '1.0.0',
      expected: 'to be decided',
    });
  });
});
