/** The tables of all versions of Windows: what was done on each, by a run of it, and what each image is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CycleReport, wholeCycle } from "../../test/versions/cycle.ts";
import type { DeviceName, PhonyAdapter } from "../fixtures/hardware.ts";
import { IMAGES, type ImageName } from "../fixtures/images.ts";
import { type PhonyVersion, VERSION_NAMES, type VersionName, versionCalled } from "../fixtures/versions.ts";
import { buildFixture } from "../fixtures.ts";

export interface CycledVersion {
  readonly name: VersionName;
  readonly report: CycleReport;
}

const DEVICE_WORDS: Readonly<Record<DeviceName, string>> = {
  e1000: "Intel PRO/1000 MT",
  "82574L": "Intel 82574L",
  vmxnet3: "VMXNET3",
  virtio: "virtio",
  xen: "Xen",
  usb: "USB",
  netvsc: "Hyper-V",
};

/** The adapters that each image has by itself: the one that is gone, and the new one. */
const OWN_ADAPTERS: Readonly<Record<ImageName, string>> = {
  "moved-windows-10": "Intel 82574L → VMXNET3",
  "moved-windows-7": "Intel PRO/1000 MT → Intel 82574L",
  "moved-windows-xp": "Intel PRO/1000 MT → PCnet",
};

/** Runs the whole cycle on every version's image. Throws an Error that says what went wrong. */
export function cycleVersions(): readonly CycledVersion[] {
  const folder = mkdtempSync(join(tmpdir(), "pint-versions-"));
  try {
    return VERSION_NAMES.map((name) => ({ name, report: cycleVersion(name, join(folder, name)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cycleVersion(name: VersionName, root: string): CycleReport {
  const { of, moves, stays = [] } = versionCalled(name);
  buildFixture(name, root);
  const report = wholeCycle(root, join(root, ...IMAGES[of].hive.split("/")), { moves, stays });
  if (report.wrong.length > 0) throw new Error(`${name}: ${report.wrong.join("; ")}`);
  return report;
}

/** For README.md. */
export function versionsTable(cycled: readonly CycledVersion[]): string {
  const rows = cycled.map(({ name, report: { before, moved } }) => {
    const version = versionCalled(name);
    const count = moved.result.sources.filter(({ outcome }) => outcome === "moved").length;
    const what = `${count} moved${version.stays === undefined ? "" : `, ${version.stays.length} stayed`}`;
    const cells = [before.windows.version, version.architecture, what, hardwareOf(version), version.evidence];
    return `| ${cells.join(" | ")} |`;
  });
  const head = "| Windows | processor | static adapters | hardware and features | on what evidence |";
  return [head, "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** For fixtures/README.md. */
export function imagesTable(): string {
  const rows = VERSION_NAMES.map((name) => {
    const version = versionCalled(name);
    const moves = Object.entries(version.moves).map(([from, to]) => `${from} → ${to}`);
    const stays = (version.stays ?? []).map((connection) => `${connection} stays`);
    return `| \`${name}\` | ${version.odd} | ${[...moves, ...stays].join("; ")} |`;
  });
  return ["| image | what is odd | what must happen |", "| --- | --- | --- |", ...rows].join("\n");
}

function hardwareOf({ of, adapters, overlays, dnsOverHttps }: PhonyVersion): string {
  const words = (role: PhonyAdapter["role"]): string[] =>
    adapters.filter((adapter) => adapter.role === role).map(({ device }) => DEVICE_WORDS[device]);
  const features = [
    ...(adapters.some(({ ipv6 }) => ipv6 !== undefined) ? ["static IPv6"] : []),
    ...(overlays.includes("variants/team-gone") ? ["team"] : []),
    ...(overlays.includes("variants/virtual-switch-gone") ? ["vEthernet"] : []),
    ...(dnsOverHttps === true ? ["DNS over HTTPS"] : []),
  ];
  const stays = words("stays").map((word) => `${word} stays`);
  return [OWN_ADAPTERS[of], `${words("gone").join()} → ${words("new").join()}`, ...stays, ...features].join("; ");
}
