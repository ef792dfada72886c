import { ComposeMap, isMap, mapOrNothing } from './compose-value';
import { configFiles } from './config-files';
import { contextOf, RenderContext } from './context';
import { envExamples } from './env-example';
import { interpolated } from './interpolation';
import { inFileOrder } from './key-order';
import { withOverrides } from './overrides';
import { Report } from './report';
import { secretEntries } from './secrets';
import { completeEntry, serviceEntry } from './service';
import { networkEntries, volumeEntries } from './top-level';
import { withMarkers } from '../../plan/parameters';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { FidelityEntry, OutputFile } from '../../plan/target-output';
import { COMPOSE_FOLDER, composeFileName } from '../layout';
import { from, merge } from '../origin';
import { OverrideLog } from '../override-step';
import { ofToolbox } from '../service-origins';
import { hashComment, outputFile, TargetFile } from '../target-file';

/** Files below `compose/`, and what they could not simply keep of the plan. */
export interface ComposeOutput {
  /** The files before they are text; their nodes have origins. */
  readonly documents: readonly TargetFile[];
  readonly files: OutputFile[];
  readonly fidelity: FidelityEntry[];
  readonly overrides: OverrideLog;
}

/**
 * Renders what of a plan runs on a workstation's engine.
 *
 * @param withDefaults a plan that the rules let through.
 * @throws when a name or text of the plan cannot be said safely; the message begins with the construct path or names
 *   the YAML key.
 */
export function renderCompose(withDefaults: Plan): ComposeOutput {
  const { plan, markers: parameters } = withMarkers(withDefaults);
  const report = new Report();
  const context = contextOf(plan, report, parameters);
  const documents = [
    composeFile(context),
    ...configFiles(context),
    ...envExamples(plan),
  ];
  reportPorts(context);
  return {
    documents,
    files: documents.map(outputFile),
    fidelity: context.markers.withDefaults(report.entries),
    overrides: context.overrides,
  };
}

function composeFile(context: RenderContext): TargetFile {
  const { plan, services, markers } = context;
  const ofFile = () => ofToolbox(plan, 'identity');
  const rendered: ComposeMap = from(ofFile, {
    name: plan.name,
    services:
      mapOrNothing([...services.values()].map((service) => [service.name, serviceEntry(context, service)])) ?? {},
    networks: networkEntries(context),
    volumes: volumeEntries(context),
    secrets: secretEntries(context),
  });
  const document = from(ofFile, inFileOrder(withServices(context, withOverrides(context, rendered))));
  return {
    path: `${COMPOSE_FOLDER}/${composeFileName(plan)}`,
    header: `${hashComment(provenanceSentence(plan))}\n`,
    parts: [{ kind: 'yaml', document, style: { escape: (text) => interpolated(text, markers) } }],
  };
}

function withServices(context: RenderContext, document: ComposeMap): ComposeMap {
  const { services } = document;
  return !isMap(services) ? document : merge<ComposeMap>(document, {
    services: merge<ComposeMap>(services, Object.fromEntries(Object.entries(services).map(([name, entry]) => (
      [name, isMap(entry) ? completeEntry(context, name, entry) : entry])))),
  });
}

function reportPorts({ plan, services, report }: RenderContext): void {
  if (plan.networks.some((network) => network.members.filter((member) => services.has(member)).length > 1)) {
    report.add({
      path: plan.name,
      fact: 'port filter',
      verdict: 'left-out',
      reason:
        'An engine parts networks, not ports: members of a network reach every port that a peer listens on, '
          + 'not the declared ones alone.',
      remedy: 'Give two services that must not meet no network in common.',
    });
  }
}
