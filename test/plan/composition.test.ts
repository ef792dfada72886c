import { Construct, IConstruct } from 'constructs';
import {
  Check, CheckCommand, DependencyCondition, HealthCheck, Lifecycle, Mount, Network, Port, RestartPolicy, Service, Size,
  Testing, Toolbox, Volume,
} from '../../src/core';
import { resolve } from '../../src/plan/resolve';
import { aService, aToolbox, goodImage } from '../rules/support';

/** A composite construct of a model. */
class Backend extends Construct {
  public readonly web: Service;
  public readonly database: Service;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const network = new Network(this, 'network');
    const data = Volume.persistent(this, 'data', { size: Size.gibibytes(1) });
    this.database = aService(this, 'database', {
      ports: [Port.internal(5432)],
      networks: [network],
      mounts: [Mount.volume(data, '/data')],
    });
    this.web = aService(this, 'web', { networks: [network] });
    new Check(this, 'check', {
      title: 't', command: CheckCommand.shell('true'), expectation: 'e', covers: [this.web],
    });
  }
}

const HEALTH = HealthCheck.command(['true']);

function dependenciesOf(box: Toolbox, name: string) {
  return resolve(box).plan.services.find((one) => one.name === name)?.dependencies;
}

describe('composite constructs', () => {
  test('are used twice, with names from the path below the toolbox', () => {
    const box = aToolbox();
    new Backend(box, 'shop');
    new Backend(new Construct(box, 'eu'), 'shop');
    const { plan } = resolve(box);
    const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
    expect(names(plan.services)).toEqual(['eu-shop-database', 'eu-shop-web', 'shop-database', 'shop-web']);
    expect(names(plan.networks)).toEqual(['eu-shop-network', 'shop-network']);
    expect(names(plan.volumes)).toEqual(['eu-shop-data', 'shop-data']);
    expect(names(plan.checks)).toEqual(['eu-shop-check', 'shop-check']);
    expect(Testing.synth(box).findings.map(({ rule }) => rule)).not.toContain('name-duplicate');
  });

  test('keep the id as the name directly below the toolbox', () => {
    expect(aService(aToolbox(), 'web').name).toBe('web');
    expect(aService(aToolbox(), 'a/b').name).toBe('a/b');
  });
});

describe('a dependency between nodes', () => {
  test('waits as long as it can', () => {
    const box = aToolbox();
    const app = aService(box, 'app');
    app.node.addDependency(
      aService(box, 'healthy', { healthCheck: HEALTH }),
      new Service(box, 'started', { image: goodImage() }),
      aService(box, 'job', { lifecycle: Lifecycle.ONE_SHOT, healthCheck: undefined }),
      new Network(box, 'net'),
    );
    expect(dependenciesOf(box, 'app')).toEqual([
      { service: 'healthy', condition: 'healthy' },
      { service: 'job', condition: 'completed' },
      { service: 'started', condition: 'started' },
    ]);
  });

  test('leaves the condition that was given for the pair', () => {
    const box = aToolbox();
    const [app, other] = [aService(box, 'app'), aService(box, 'other', { healthCheck: HEALTH })];
    app.addDependency(other, DependencyCondition.STARTED);
    app.node.addDependency(other);
    expect(dependenciesOf(box, 'app')).toEqual([{ service: 'other', condition: 'started' }]);
  });

  test('holds for all services of composite constructs', () => {
    const box = aToolbox();
    const [front, back] = [new Construct(box, 'front'), new Backend(box, 'back')];
    aService(front, 'app');
    front.node.addDependency(back);
    expect(dependenciesOf(box, 'front-app')?.map(({ service }) => service)).toEqual(['back-database', 'back-web']);
  });

  test('that goes in a circle is a finding', () => {
    const box = aToolbox();
    const [a, b] = [aService(box, 'a'), aService(box, 'b')];
    a.node.addDependency(b);
    b.node.addDependency(a);
    expect(Testing.synth(box).findings.map(({ rule }) => rule)).toContain('dependency-cycle');
  });
});

describe('settings', () => {
  test('are read with their defaults', () => {
    const box = aToolbox();
    const service = new Service(box, 'app', { image: goodImage() });
    expect(service).toMatchObject({
      description: '',
      lifecycle: 'long-running',
      places: ['workstation', 'cluster'],
      terminal: false,
      readOnlyRoot: true,
      capabilities: [],
      init: true,
      restart: RestartPolicy.UNLESS_STOPPED,
      mounts: [],
      networks: [],
      environment: {},
    });
    expect([service.stopGrace.toSeconds(), service.logRotation.maxFiles, service.healthCheck]).toEqual([
      10,
      3,
      undefined,
    ]);
    service.capabilities.push('NET_ADMIN');
    expect(service.capabilities).toEqual([]);
  });

  test('are adapted by a mixin, whatever the construct recorded first', () => {
    const box = aToolbox();
    new Backend(box, 'shop');
    const oneShots = {
      supports: (construct: IConstruct) => Service.isService(construct),
      applyTo: (construct: IConstruct) => {
        const service = construct as Service;
        service.configure({ lifecycle: Lifecycle.ONE_SHOT, description: `${service.name} of the shop` });
      },
    };
    box.with(oneShots);
    expect(resolve(box).plan.services.map(({ description, restart }) => [description, restart])).toEqual([
      ['shop-database of the shop', 'never'],
      ['shop-web of the shop', 'never'],
    ]);
  });

  test('are checked when they change', () => {
    expect(() => aService(aToolbox(), 'app').configure({ readonlyRoot: false } as never)).toThrow(/readOnlyRoot/);
  });
});
