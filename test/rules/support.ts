import { Construct } from 'constructs';
import {
  Cpu,
  Finding,
  HealthCheck,
  Image,
  IPinSource,
  Network,
  Pin,
  PinStatus,
  Resources,
  Service,
  ServiceProps,
  Size,
  Toolbox,
  User,
} from '../../src/core';
import { resolve } from '../../src/plan/resolve';
import { judge, Rule } from '../../src/rules';

export const DIGEST = `sha256:${'a'.repeat(64)}`;

export const RESOURCES: Resources = { cpu: Cpu.cores(1), memory: Size.mebibytes(256) };

/** An image that no rule has anything against. */
export function goodImage(more: object = {}): Image {
  return Image.fromRegistry('example/app', {
    tag: '1.2.3',
    digest: DIGEST,
    user: User.of(10001),
    healthTools: ['curl'],
    ...more,
  });
}

/** A service that no rule has anything against. */
export function aService(scope: Construct, id: string, props: Partial<ServiceProps> = {}): Service {
  return new Service(scope, id, {
    image: goodImage(),
    healthCheck: HealthCheck.command(['curl', '--version']),
    resources: RESOURCES,
    ...props,
  });
}

export function aNetwork(toolbox: Toolbox, id: string): Network {
  return new Network(toolbox, id);
}

export function aPin(component: string, more: Partial<Pin> = {}): Pin {
  return {
    component,
    title: component,
    version: '1.2.3',
    runsOn: ['container'],
    status: PinStatus.DECIDED,
    location: { file: 'inventories/versions.yaml', line: 7 },
    ...more,
  };
}

export function pinSource(...pins: Pin[]): IPinSource {
  return { pins, findings: [] };
}

export function aToolbox(pins: IPinSource = pinSource(), name = 'box'): Toolbox {
  return new Toolbox(name, { title: 'Box', description: 'A box for tests', pins });
}

/** What a rule, or several, say of a toolbox. */
export function findings(toolbox: Toolbox, ...rules: Rule[]): Finding[] {
  const { plan, sourceOf } = resolve(toolbox);
  return judge(plan, rules, sourceOf);
}

/** The messages of a rule on a toolbox that is built here. */
export function messages(rule: Rule, build: (toolbox: Toolbox) => void, pins?: IPinSource): string[] {
  return advice(rule, build, pins).map(([message]) => message);
}

/** The same, each with how to fix it. */
export function advice(
  rule: Rule,
  build: (toolbox: Toolbox) => void,
  pins?: IPinSource,
): [message: string, fix: string][] {
  const toolbox = aToolbox(pins);
  build(toolbox);
  return findings(toolbox, rule).map(({ message, fix }) => [message, fix]);
}
