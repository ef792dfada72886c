import { Image, RecordedImageFacts, HealthCheck, ServiceProps } from '../../src/core';
import { User } from '../../src/model/user';
import { resolve } from '../../src/plan/resolve';
import { aPin, aService, aToolbox, pinSource } from '../rules/support';

const STORE = Image.fromRegistry('postgres', { tag: '17.5' });

describe('facts of images in the plan', () => {
  const planned = (props: Partial<ServiceProps>, facts?: RecordedImageFacts, repository = 'langfuse/langfuse') => {
    const box = aToolbox(pinSource(aPin('app', { image: { repository, tag: '3.0.0', facts } })));
    aService(box, 'a', props);
    return resolve(box).plan.services[0];
  };

  test('fill in what the model does not say', () => {
    const { user, image } = planned({ image: STORE });
    expect(user).toBeUndefined();
    expect(image.facts).toMatchObject({
      user: { uid: 0, gid: 0 },
      writablePaths: ['/tmp', '/var/run/postgresql'],
      healthTools: ['bash', 'pg_isready', 'psql'],
    });
    expect(planned({ image: Image.fromRegistry('langfuse/langfuse') }).image.facts.user).toEqual({ uid: 1001 });
  });

  test('yield to the model, each by itself', () => {
    const image = Image.fromRegistry('postgres', { tag: '17.5', user: User.of(999), writablePaths: [] });
    expect(planned({ image })).toMatchObject({
      user: { uid: 999, gid: 999 },
      image: { facts: { user: { uid: 999 }, writablePaths: [], healthTools: ['bash', 'pg_isready', 'psql'] } },
    });
  });

  test('come from the pin before the list, which has numbers for names', () => {
    const image = Image.fromPin('app');
    const userWith = (facts?: RecordedImageFacts, repository?: string) =>
      planned({ image }, facts, repository).image.facts.user;
    expect(userWith()).toEqual({ uid: 1001 });
    expect(userWith({})).toEqual({ uid: 1001 });
    expect(userWith({ user: '' })).toEqual({ uid: 0, gid: 0 });
    expect(userWith({ user: 'nextjs' })).toEqual({ uid: 1001 });
    expect(userWith({ user: 'node' }, 'example/web')).toEqual({ name: 'node' });
    expect(userWith({ user: '7:8' })).toEqual({ uid: 7, gid: 8 });
    expect(userWith({ user: '99999999999' }, 'example/web')).toEqual({ name: '99999999999' });
  });

  test('say what the health check of an image does', () => {
    const props = { image: Image.fromPin('app'), healthCheck: HealthCheck.fromImage() };
    const checkWith = (facts?: RecordedImageFacts, repository = 'example/web') =>
      planned(props, facts, repository).healthCheck;
    const times = { intervalSeconds: 30, timeoutSeconds: 30, retries: 3, startPeriodSeconds: 0 };
    expect(checkWith()).toEqual({ probe: { kind: 'image', command: undefined }, ...times });
    expect(checkWith(undefined, 'postgres')).toEqual({ probe: { kind: 'image', command: [] }, ...times });
    expect(checkWith({ healthCheck: { test: ['NONE'] } })).toEqual({ probe: { kind: 'image', command: [] }, ...times });
    expect(checkWith({ healthCheck: { test: ['CMD-SHELL', 'a || b'], interval: 5, startPeriod: 9 } })).toEqual({
      probe: { kind: 'image', command: ['/bin/sh', '-c', 'a || b'] },
      ...times,
      intervalSeconds: 5,
      startPeriodSeconds: 9,
    });
  });
});
