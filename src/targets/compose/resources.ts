import { ComposeMap } from './compose-value';
import { Report } from './report';
import { ServicePlan } from '../../plan/plan';
import { from } from '../origin';
import { ofService } from '../service-origins';

/** Limits, reservations and the accelerator. */
export function resourceKeys(service: ServicePlan, report: Report): ComposeMap {
  const {
    cpuMillis, cpuRequestMillis, memoryMegabytes, memoryRequestMegabytes, memorySwapMegabytes, pids,
    ephemeralStorageMegabytes,
  } =
    service.resources;
  if (cpuRequestMillis !== undefined) {
    reportLeftOut(
      service,
      'cpu request',
      'An engine reserves no processor time.',
      'Nothing, on a machine of your own; the limit holds.',
      report,
    );
  }
  if (ephemeralStorageMegabytes !== undefined) {
    reportLeftOut(
      service,
      'ephemeral storage',
      "An engine limits a container's own disk space on few file systems only.",
      'Keep the root read-only: then scratch space with its sizes is all that the service can fill.',
      report,
    );
  }
  if (service.accelerator?.vendor === 'amd') {
    report.add({
      path: service.path,
      fact: 'accelerator',
      verdict: 'adapted',
      reason: 'An engine passes on every AMD GPU of the machine, as the devices /dev/kfd and /dev/dri.',
      remedy: 'Nothing, on a machine with one GPU; else name the devices.',
    });
  }
  const sizeOf = (megabytes: number | undefined) => (megabytes === undefined ? undefined : `${megabytes}m`);
  const reservation = sizeOf(memoryRequestMegabytes);
  return from(() => ofService(service, 'resources'), {
    cpus: cpuMillis === undefined ? undefined : cpuMillis / 1000,
    mem_limit: sizeOf(memoryMegabytes),
    memswap_limit: sizeOf(memorySwapMegabytes),
    mem_reservation: reservation,
    pids_limit: pids,
    deploy: acceleratorReservation(service, reservation),
  });
}

/** Docker Compose wants the memory here as well as soon as anything is reserved in this way, and the same. */
function acceleratorReservation({ accelerator }: ServicePlan, memory: string | undefined): ComposeMap | undefined {
  if (accelerator?.vendor !== 'nvidia') {
    return undefined;
  }
  const { vendor: driver, count, deviceIds } = accelerator;
  const which: ComposeMap = deviceIds === undefined ? { count } : { device_ids: deviceIds };
  return { resources: { reservations: { memory, devices: [{ driver, ...which, capabilities: ['gpu'] }] } } };
}

function reportLeftOut(service: ServicePlan, fact: string, reason: string, remedy: string, report: Report): void {
  report.add({ path: service.path, fact, verdict: 'left-out', reason, remedy });
}
