import { Plan, ServicePlan } from '../../plan/plan';

/** A text of the model, with where it belongs and what it is. */
export interface ModelText {
  readonly path: string;
  readonly what: string;
  readonly text: string;
}

/** Every free text of a plan: what names do not cover. */
export function textsOf(plan: Plan): ModelText[] {
  const described = [...plan.services, ...plan.hostServices, ...plan.volumes, ...plan.networks, ...plan.optionalParts];
  return [
    { path: plan.name, what: 'title', text: plan.title },
    { path: plan.name, what: 'description', text: plan.description },
    ...plan.roadmap.map((text) => ({ path: plan.name, what: 'roadmap', text })),
    ...described.map(({ path, description }) => ({ path, what: 'description', text: description })),
    ...plan.services.flatMap(serviceTexts),
    ...plan.envFiles.flatMap(({ path, keys }) => keys.map((key) => ({ path: `${path}/${key.name}`, what: 'description', text: key.description }))),
    ...plan.checks.flatMap(({ path, title, command, expectation, byHand }) => [title, command, expectation, byHand?.by ?? '', byHand?.note ?? ''].map((text) => ({ path, what: 'check', text }))),
    ...plan.waivers.map(({ path, reason }) => ({ path, what: 'reason', text: reason })),
    ...plan.decisions.flatMap(({ path, title, choice, alternatives, reasons }) => [title, choice, ...alternatives, ...reasons].map((text) => ({ path, what: 'decision', text }))),
    ...plan.policies.flatMap(({ path, tools }) => tools.flatMap((tool) => [tool.action, ...tool.allow, ...tool.deny].map((text) => ({ path, what: `tool "${tool.name}"`, text })))),
  ];
}

function serviceTexts(service: ServicePlan): ModelText[] {
  const { path, image, overrides } = service;
  const words = (what: string, texts: readonly string[] = []): ModelText[] => texts.map((text) => ({ path, what, text }));
  const files = service.mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file] : []));
  return [
    ...words('command', [...service.entrypoint ?? [], ...service.command ?? []]),
    ...words('health check', service.healthCheck?.probe.command),
    ...words('mount', service.mounts.map((mount) => mount.path)),
    ...words('reason to run as root', image.facts.rootReason === undefined ? [] : [image.facts.rootReason]),
    ...service.environment.flatMap(({ name, value }) => (value.kind === 'literal' ? [{ path, what: `variable ${name}`, text: value.text }] : [])),
    ...(image.build?.args ?? []).map(({ name, value }) => ({ path, what: `build argument ${name}`, text: value })),
    ...files.flatMap((file) => file.content.flatMap((piece) => (piece.kind === 'text' ? [{ path: file.constructPath, what: `file ${file.name}`, text: piece.text }] : []))),
    ...overrides.compose.map(({ key, value }) => ({ path, what: `override ${key}`, text: JSON.stringify(value) ?? '' })),
    ...overrides.kubernetes.map(({ pointer, value }) => ({ path, what: `override ${pointer}`, text: JSON.stringify(value) ?? '' })),
  ];
}
