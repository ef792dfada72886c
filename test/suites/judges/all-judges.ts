import { CHECKOV } from './checkov';
import { COMPOSE_LINT } from './compose-lint';
import { COMPOSE_SPEC } from './compose-spec';
import { DCLINT } from './dclint';
import { DOCKER_COMPOSE } from './docker-compose';
import { HADOLINT } from './hadolint';
import { Judge } from './judge';
import { KUBE_LINTER } from './kube-linter';
import { KUBE_SCORE } from './kube-score';
import { KUBECONFORM } from './kubeconform';
import { MARKDOWNLINT } from './markdownlint';
import { SECRETLINT } from './secretlint';
import { SHELLCHECK } from './shellcheck';
import { YAMLLINT } from './yamllint';

/** In the order of the table: Compose, Kubernetes, images, text. */
export const JUDGES: readonly Judge[] = [
  DOCKER_COMPOSE, COMPOSE_SPEC, DCLINT, COMPOSE_LINT,
  KUBECONFORM, KUBE_LINTER, KUBE_SCORE, CHECKOV,
  HADOLINT, SHELLCHECK, YAMLLINT, MARKDOWNLINT, SECRETLINT,
];
