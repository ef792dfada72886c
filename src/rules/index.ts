import { addressGrammar } from './address-grammar';
import { approvalOutput } from './approval-output';
import { buildContext } from './build-context';
import { checkRule } from './check';
import { codexCompatibility } from './codex-compatibility';
import { dependencyCondition } from './dependency-condition';
import { dependencyCycle } from './dependency-cycle';
import { dependencyHidden } from './dependency-hidden';
import { endpointUnreachable } from './endpoint-unreachable';
import { environmentSecret } from './environment-secret';
import { evidenceStray } from './evidence-stray';
import { healthTool } from './health-tool';
import { imageDigest } from './image-digest';
import { imagePin } from './image-pin';
import { imageReference } from './image-reference';
import { imageTag } from './image-tag';
import { mountDockerSocket } from './mount-docker-socket';
import { mountHostPath } from './mount-host-path';
import { mountPath } from './mount-path';
import { mountWriters } from './mount-writers';
import { nameDuplicate } from './name-duplicate';
import { nameGrammar } from './name-grammar';
import { nameReserved } from './name-reserved';
import { networkDownload } from './network-download';
import { networkHost } from './network-host';
import { overrideData } from './override-data';
import { pinUndecided } from './pin-undecided';
import { policyOffered } from './policy-offered';
import { policyTool } from './policy-tool';
import { policyWrite } from './policy-write';
import { portDuplicate } from './port-duplicate';
import { portInner } from './port-inner';
import { portPublic } from './port-public';
import { portRange } from './port-range';
import { portSsh } from './port-ssh';
import { referenceUnknown } from './reference-unknown';
import { Rule } from './rule';
import { secretValue } from './secret-value';
import { serviceCommand } from './service-command';
import { serviceHealth } from './service-health';
import { serviceLimits } from './service-limits';
import { serviceNumbers } from './service-numbers';
import { servicePlace } from './service-place';
import { serviceSetting } from './service-setting';
import { serviceUser } from './service-user';
import { targetRefused } from './target-refused';
import { textControl } from './text-control';
import { waiverRule } from './waiver';
import { waiverUnused } from './waiver-unused';

/** Rules on the plan alone. */
const planning: readonly Rule[] = [
  addressGrammar,
  buildContext,
  checkRule,
  codexCompatibility,
  dependencyCondition,
  dependencyCycle,
  dependencyHidden,
  endpointUnreachable,
  environmentSecret,
  evidenceStray,
  healthTool,
  imageDigest,
  imagePin,
  imageReference,
  imageTag,
  mountDockerSocket,
  mountHostPath,
  mountPath,
  mountWriters,
  nameDuplicate,
  nameGrammar,
  nameReserved,
  networkDownload,
  networkHost,
  overrideData,
  pinUndecided,
  policyOffered,
  policyTool,
  policyWrite,
  portDuplicate,
  portInner,
  portPublic,
  portRange,
  portSsh,
  referenceUnknown,
  secretValue,
  serviceCommand,
  serviceHealth,
  serviceLimits,
  serviceNumbers,
  servicePlace,
  serviceSetting,
  serviceUser,
  textControl,
];

/** Rules on what rendering and the rules before told. */
export const closingRules: readonly Rule[] = [approvalOutput, targetRefused, waiverUnused];

/** Rules on the plan, to be judged before anything is rendered. */
export const planRules: readonly Rule[] = [...planning, waiverRule([...planning, targetRefused])];

/** Every rule. */
export const rules: readonly Rule[] = [...planRules, ...closingRules];

export { judge } from './judge';
export { toldSafely } from './private/told';
export type { Rule } from './rule';
