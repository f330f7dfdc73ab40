/** The tables of all versions of Windows: what was done on each, by a run of it, and what each image is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InspectedConnection } from "../../src/apply/results.ts";
import type { PlannedSource } from "../../src/plan/model.ts";
import { type CycleReport, wholeCycle } from "../../test/versions/cycle.ts";
import { IMAGES } from "../fixtures/images.ts";
import { VERSION_NAMES, type VersionName, versionCalled } from "../fixtures/versions.ts";
import { buildFixture } from "../fixtures.ts";

export interface CycledVersion {
  readonly name: VersionName;
  readonly report: CycleReport;
}

/** What the table calls an adapter, by what Windows does. */
const DEVICE_WORDS: readonly (readonly [described: RegExp, word: string])[] = [
  [/PRO\/1000 MT/, "Intel PRO/1000 MT"],
  [/82574L/, "Intel 82574L"],
  [/vmxnet3/i, "VMXNET3"],
  [/PCNET/i, "PCnet"],
  [/VirtIO/, "virtio"],
  [/XenServer/, "Xen"],
  [/USB/, "USB"],
  [/Multiplexor/, "team"],
  [/Hyper-V Virtual Ethernet/, "vEthernet"],
  [/Hyper-V Network/, "Hyper-V"],
];

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
  const rows = cycled.map(({ name, report }) => {
    const version = versionCalled(name);
    const count = movedSources(report).length;
    const what = `${count} moved${version.stays === undefined ? "" : `, ${version.stays.length} stayed`}`;
    const cells = [report.before.windows.version, version.architecture, what, doneOn(report, version.stays ?? [])];
    return `| ${[...cells, version.evidence].join(" | ")} |`;
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

/** From which adapter to which every move went, what stayed, and what was there beside IPv4 before. */
function doneOn(report: CycleReport, stays: readonly string[]): string {
  const sources = movedSources(report);
  const isMoved = ({ guid }: InspectedConnection): boolean => sources.some(({ source }) => source.guid === guid);
  const moved = report.before.connections.filter(isMoved);
  const stayed = report.before.connections.filter((connection) => stays.includes(connection.name ?? ""));
  return [
    ...sources.map(({ source, target }) => `${wordFor(source.description)} → ${wordFor(target?.description)}`),
    ...stayed.map(({ adapter }) => `${wordFor(adapter?.description)} stays`),
    ...(moved.some(({ ipv6 }) => ipv6.addresses.length > 0) ? ["static IPv6 (*inferred*)"] : []),
    ...(moved.some(({ dnsOverHttps }) => dnsOverHttps.length > 0) ? ["DNS over HTTPS"] : []),
  ].join("; ");
}

function movedSources({ moved }: CycleReport): readonly PlannedSource[] {
  return moved.result.sources.filter(({ outcome }) => outcome === "moved");
}

function wordFor(description: string | null | undefined): string {
  const [, word] = DEVICE_WORDS.find(([described]) => described.test(description ?? "")) ?? [];
  if (word === undefined) throw new Error(`there is no word for an adapter called ${description}`);
  return word;
}
