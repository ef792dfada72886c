import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostileInput, hostileInputs } from './emitters';

/** Shows that what is expected of an input comes true. */
export type Expectation = (input: any, one: HostileInput) => void;

/**
 * A test for each input of an area. An input for which nothing is said, or a name that no input has, fails.
 *
 * @param named by the input's name.
 * @param others for inputs that are not named; for an area of one kind.
 */
export function testEvery(area: string, named: Readonly<Record<string, Expectation>>, others?: Expectation): void {
  const inputs = hostileInputs(area);
  test(`each input of the area ${area} has an expectation, and each expectation an input`, () => {
    const names = inputs.map(({ name }) => name);
    expect(Object.keys(named).filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => others === undefined && !Object.hasOwn(named, name))).toEqual([]);
    expect(names).not.toEqual([]);
  });
  for (const one of inputs) {
    const expectation = Object.hasOwn(named, one.name) ? named[one.name] : others;
    if (expectation !== undefined) {
      test(`${area} ${one.name.slice(0, 60)}: ${one.expect}`, () => expectation(one.input, one));
    }
  }
}

const ROOT = join(__dirname, '../..');

/** Every one of the texts is in a file of the project. */
export function expectThere(file: string, ...texts: readonly string[]): void {
  const text = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8').replaceAll("\\'", "'") : '';
  expect({ file, missing: texts.filter((one) => !text.includes(one)) }).toEqual({ file, missing: [] });
  expect(texts).not.toEqual([]);
}

/** For what another test shows: it is there, under this title. */
export function shownBy(file: string, ...titles: readonly string[]): Expectation {
  return () => expectThere(file, ...titles);
}

/** For what a longer suite shows, which the machine that judges every change runs. */
export function shownBySuite(file: string, ...titles: readonly string[]): Expectation {
  return () => {
    expectThere(file, ...titles);
    expectThere('.ci/run', file);
  };
}
