import { ComposeMap, mapOrNothing } from './compose-value';
import { referred, RenderContext } from './context';
import { fromComposeFile } from './paths';
import { compareText, orNothing } from '../../plan/collections';
import { SecretFilePlan, SecretMountPlan, ServicePlan } from '../../plan/plan';
import { from, origin } from '../origin';
import { ofMount, ofSecret, ofService } from '../service-origins';

/** `secrets` of a service. */
export function secretKeys(context: RenderContext, service: ServicePlan): ComposeMap {
  const entries = secretMounts(service).map((mount): ComposeMap => from(() => ofMount(context.plan, service, mount), {
    source: sourceName(context, service, mount),
    target: mount.path,
    // an engine binds a file as it is
    mode: mount.secret.kind === 'key' ? parseInt(mount.mode, 8) : undefined,
  }));
  reportPermissions(context, service);
  return from(() => ofService(service, 'secret'), { secrets: orNothing(entries) });
}

/** `secrets:`, those that a service of a workstation mounts: files of the project, and keys of env files. */
export function secretEntries({ plan, services }: RenderContext): ComposeMap | undefined {
  const mounts = [...services.values()].flatMap(secretMounts);
  const files = new Set(mounts.flatMap(({ secret }) => (secret.kind === 'file' ? [secret.name] : [])));
  const keys = new Map(mounts.flatMap(({ secret }) => (secret.kind === 'key' ? [[secret.key, secret] as const] : [])));
  const entries: [string, ComposeMap][] = [
    ...(plan.secretFiles ?? []).filter(({ name }) => files.has(name)).map((one): [string, ComposeMap] => (
      [one.name, from(() => origin([one.path], ['secret']), { file: fromComposeFile(plan, one.file) })])),
    ...[...keys].map(([key, secret]): [string, ComposeMap] => (
      [key, from(() => ofSecret(plan, secret), { environment: key })])),
  ];
  return mapOrNothing(entries.sort(([a], [b]) => compareText(a, b)));
}

function secretMounts({ mounts }: ServicePlan): SecretMountPlan[] {
  return mounts.filter((mount) => mount.kind === 'secret');
}

function sourceName(context: RenderContext, service: ServicePlan, { secret }: SecretMountPlan): string {
  return secret.kind === 'key'
    ? (referred(context.envFiles, secret.envFile, service, 'env file'), secret.key)
    : referred(context.secretFiles, secret.name, service, 'secret file').name;
}

function reportPermissions({ report, secretFiles }: RenderContext, service: ServicePlan): void {
  for (const { path, mode, secret } of secretMounts(service)) {
    const file: SecretFilePlan | undefined = secret.kind === 'file' ? secretFiles.get(secret.name) : undefined;
    if (file !== undefined) {
      report.add({
        path: service.path,
        fact: 'secret permissions',
        verdict: 'adapted',
        reason: `An engine binds ${file.file} to ${path} with the owner and permissions that it has, not with ${mode}.`,
        remedy: 'Let the user of the service read it, and keep others out of its folder: chmod 644 and 700.',
      });
    }
  }
}
