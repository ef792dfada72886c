import { DependencyCondition, HealthCheck, Image, Mount, Network, Port, Service, Size, Volume } from '../../src/core';
import { goodImage, aService, aToolbox } from '../rules/support';

function said(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('what no type allows', () => {
  test('is refused where it is written, with the property and never its value', () => {
    const box = aToolbox();
    expect(said(() => new Service(box, 'app', {} as never))).toBe(
      'new Service(…, "app"): "image" is missing (expected an Image).',
    );
    expect(said(() => aService(box, 'one', { command: 'npm start' as never }))).toBe(
      'new Service(…, "one"): "command" is a text (expected a list).',
    );
    expect(said(() => aService(box, 'two', { command: ['npm', 5] as never }))).toBe(
      'new Service(…, "two"): "command[1]" is a number (expected a text).',
    );
    expect(said(() => aService(box, 'three', { environment: { TOKEN: 'hunter2' } as never }))).toBe(
      'new Service(…, "three"): "environment.TOKEN" is a text (expected an EnvironmentValue).',
    );
    expect(said(() => aService(box, 'four', { environment: new Map() as never }))).toBe(
      'new Service(…, "four"): "environment" is another object (expected a plain object).',
    );
    expect(said(() => aService(box, 'five', { resources: { cpu: 1 } as never }))).toBe(
      'new Service(…, "five"): "resources.cpu" is a number (expected a Cpu).',
    );
    expect(said(() => aService(box, 'six').addDependency(aService(box, 'seven'), 'ready' as DependencyCondition))).toBe(
      'addDependency: "condition" is a text (expected one of "started", "healthy", "completed").',
    );
    expect(said(() => new Network(box, 'net', { egress: 'Internet' as never }))).toBe(
      'new Network(…, "net"): "egress" is a text (expected one of "none", "host", "internet").',
    );
    expect(said(() => HealthCheck.command('true' as never))).toBe(
      'HealthCheck.command: "command" is a text (expected a list).',
    );
    expect(said(() => Image.fromRegistry('a/b', [] as never))).toBe(
      'Image.fromRegistry: "what it is given" is a list (expected an object).',
    );
    expect(said(() => Port.internal(80n as never))).toBe('Port.internal: "port" is a bigint (expected a number).');
    expect(said(() => Volume.persistent(box, 'v', { size: null } as never))).toBe(
      'Volume.persistent: "size" is null (expected a Size).',
    );
  });

  test('is a name that is like a property, which would have no effect', () => {
    const volume = Volume.persistent(aToolbox(), 'data', { size: Size.gibibytes(1) });
    expect(said(() => Mount.volume(volume, '/x', { readonly: true } as never))).toBe(
      'Mount.volume: there is no property "readonly". Did you mean "readOnly"?',
    );
    expect(said(() => aService(aToolbox(), 'app', { enviroment: {} } as never))).toBe(
      'new Service(…, "app"): there is no property "enviroment". Did you mean "environment"?',
    );
    // types let other names through, for example those of an object that several calls share
    expect(said(() => aService(aToolbox(), 'app', { labels: {}, image: goodImage() } as never))).toBe('');
  });
});
