/** The first evidence: a device that has the same driver is installed in this Windows. */
import { upcase } from "../bytes/upcase.ts";
import type { Key } from "../regf/index.ts";
import { FILE_REPOSITORY, INF_FOLDER } from "./image-path.ts";
import { type InstalledDevice, readInstalledDevices, serviceState } from "./installed.ts";
import type { DriverFiles, DriverFinding, Wanted } from "./model.ts";
import { withRemark } from "./network-classes.ts";

/**
 * Those that are settled by it. A device that Windows knows again gets no driver anew: when its own does not start, that is its verdict. For another device of the
 * kind Windows installs the driver again, from its INF file: a disabled one is no hindrance, and one that does not start, or whose package is gone, says nothing.
 * Throws HiveError.
 */
export function byInstalled(
  wanted: readonly Wanted[],
  controlSet: Key,
  files: DriverFiles,
): Map<Wanted, DriverFinding> {
  const devices = readInstalledDevices(controlSet);
  const settled = new Map<Wanted, DriverFinding>();
  for (const one of wanted) {
    const own = devices.find(({ instanceId }) => upcase(instanceId) === upcase(one.instanceId ?? ""));
    const finding = own === undefined ? ofTheKind(one, devices, controlSet, files) : ofItself(own, controlSet, files);
    if (finding !== undefined) settled.set(one, finding);
  }
  return settled;
}

function ofItself(own: InstalledDevice, controlSet: Key, files: DriverFiles): DriverFinding {
  const { inf, service } = own;
  const state = serviceState(controlSet, service, files);
  if (state.can === "start") {
    return there(own, `it is installed with ${driverWords(own)}`, state.fileSeen);
  }
  const disabled = state.why === "disabled" ? { disabled: true as const } : {};
  const reason = `it is installed with ${driverWords(own)}, but ${state.reason}`;
  return { verdict: "missing", reason, evidence: "installed", inf, service, ...disabled };
}

function ofTheKind(
  { ids }: Wanted,
  devices: readonly InstalledDevice[],
  controlSet: Key,
  files: DriverFiles,
): DriverFinding | undefined {
  const alike = ids.flatMap((id) => devices.filter(({ matchingId }) => matchingId === id));
  for (const device of alike.toSorted((left, right) => Number(left.of === "bus") - Number(right.of === "bus"))) {
    const state = serviceState(controlSet, device.service, files);
    if (state.can === "start" && !isPackageGone(device, files)) {
      const reason = `${driverWords(device)} is installed for ${device.instanceId}, which was chosen by ${device.matchingId}`;
      return there(device, reason, state.fileSeen);
    }
  }
  return undefined;
}

/** Seen to be so: neither the INF file nor, of a driver of Windows' own, a folder of its package (`net1ic64.inf_amd64_...`) is there. */
function isPackageGone({ inf }: InstalledDevice, files: DriverFiles): boolean {
  if (inf === undefined || files.has({ from: "windows", names: [...INF_FOLDER.names, inf] }) !== false) return false;
  const stored = files.infFiles(FILE_REPOSITORY, true);
  const name = upcase(inf);
  const isStored = (file: string): boolean => file.startsWith(`${name}_`) && file.endsWith(`\\${name}`);
  return !stored.read || ![...stored.found].some((file) => isStored(upcase(file.name)));
}

function there({ of, inf, service }: InstalledDevice, reason: string, fileSeen: boolean): DriverFinding {
  const whole = fileSeen
    ? reason
    : `${reason}; whether its file is there was not looked for, the image's files not being at hand`;
  return { verdict: "there", reason: withRemark(whole, of), evidence: "installed", inf, service };
}

/** "vmxnet3ndis6 (oem5.inf)" */
function driverWords({ service, inf }: InstalledDevice): string {
  return inf === undefined ? service : `${service} (${inf})`;
}
