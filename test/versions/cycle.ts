/** The whole cycle on one image: inspected, captured, planned, applied, verified, applied again, undone; and all that is wrong about it. */
import { readFileSync, writeFileSync } from "node:fs";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import type { ApplyResult, InspectedConnection, InspectResult } from "../../src/apply/results.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import type { ForceName } from "../../src/image/force.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import type { PlannedSource } from "../../src/plan/model.ts";
import { formatProfile } from "../../src/profile/document.ts";
import type { Profile } from "../../src/profile/model.ts";
import { applyOptions, imageOptions, SILENT, withProfile } from "../apply/support.ts";

export interface Wanted {
  /** From connection to connection, by name. */
  readonly moves: Readonly<Record<string, string>>;
  /** By name: static connections that keep what they have. */
  readonly stays: readonly string[];
  readonly force?: readonly ForceName[];
}

export interface CycleReport {
  readonly before: InspectResult;
  /** What the hive held when everything was moved. */
  readonly moved: { readonly hive: Uint8Array; readonly result: ApplyResult };
  /** Empty when all went as it must. */
  readonly wrong: readonly string[];
}

const ORPHANS: PlanningOptions = { pairing: { ...DEFAULT_PLAN_OPTIONS, sources: "orphans" } };

/** `image` is what a command is given; `hive` its SYSTEM hive. */
export function wholeCycle(image: string, hive: string, wanted: Wanted): CycleReport {
  const wrong: string[] = [];
  const force = wanted.force ?? [];
  const options = imageOptions(image, force);
  const expectSame = (what: string, found: unknown, expected: unknown): void => {
    const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
    if (is !== should) wrong.push(`${what}: ${is}, and not ${should}`);
  };
  const former = readFileSync(hive);

  const before = inspectImage(options, SILENT);
  const { profile } = captureImage({ ...options, save: "nowhere", now: new Date(0) }, SILENT);
  for (const name of [...Object.keys(wanted.moves), ...wanted.stays]) {
    const captured = profile.connections.find((connection) => connection.name === name);
    expectSame(`captured of ${name}`, captured?.ipv4.addresses, named(before, name)?.ipv4.addresses);
    expectSame(`captured of ${name}'s IPv6`, captured?.ipv6.addresses, named(before, name)?.ipv6.addresses);
  }
  const planned = planImage({ ...options, ...ORPHANS }, SILENT);
  expectSame("planned", movesOf(planned.plan.sources), wanted.moves);
  expectSame("the hive when only read", readFileSync(hive).equals(former), true);

  const result = applyImage(applyOptions(image, ORPHANS, force), SILENT);
  expectSame("applied", [result.exitCode, result.written, movesOf(result.sources)], [0, true, wanted.moves]);
  expectSame("applied by the plan's steps", result.steps.length, planned.plan.steps.length);
  expectSame("check after apply", checkImage(imageOptions(image), SILENT).exitCode, 0);
  const after = inspectImage(options, SILENT);
  for (const [from, to] of Object.entries(wanted.moves)) {
    expectSame(`${to} after apply`, settingsOf(named(after, to)), settingsOf(named(before, from)));
    expectSame(`${from} after apply`, addressesOf(named(after, from)), ["dhcp", [], [], [], []]);
  }
  for (const name of wanted.stays) expectSame(`${name} after apply`, named(after, name), named(before, name));
  for (const planning of [undefined, ORPHANS]) {
    const verified = verifyImage({ ...imageOptions(image), planning }, SILENT);
    expectSame("verified", [verified.exitCode, verified.differences], [0, []]);
  }

  const moved = readFileSync(hive);
  const again = applyImage(applyOptions(image, ORPHANS), SILENT);
  expectSame("applied again", [again.exitCode, again.written, again.steps], [0, false, []]);
  expectSame("the hive when applied again", readFileSync(hive).equals(moved), true);
  const profilePath = `${hive}.profile.json`;
  writeFileSync(profilePath, formatProfile(asOnOldMachine(profile, Object.keys(wanted.moves))));
  const byProfile = planImage({ ...options, ...withProfile(profilePath) }, SILENT).plan;
  expectSame("by the old machine's profile", byProfile.steps, []);
  for (const name of Object.keys(wanted.moves)) {
    const planned = byProfile.sources.find(({ source }) => source.name === name);
    expectSame(`${name} by that profile`, [planned?.outcome, planned?.target?.name], ["already", wanted.moves[name]]);
  }
  expectSame("undone", undoImage(options, SILENT).exitCode, 0);
  expectSame("the hive when undone", readFileSync(hive).equals(former), true);
  return { before, moved: { hive: moved, result }, wrong };
}

/** There the sources were no orphans, which a captured profile skips. */
function asOnOldMachine(profile: Profile, sources: readonly string[]): Profile {
  const connections = profile.connections.filter(({ name }) => name !== undefined && sources.includes(name));
  return { ...profile, connections: connections.map((connection) => ({ ...connection, apply: "move" })) };
}

function movesOf(sources: readonly PlannedSource[]): Readonly<Record<string, string>> {
  const moves = sources.flatMap(({ outcome, source, target }) =>
    outcome === "kept" ? [] : [[source.name ?? "?", outcome === "moved" ? (target?.name ?? "?") : outcome] as const],
  );
  return Object.fromEntries(moves);
}

function named({ connections }: InspectResult, name: string): InspectedConnection | undefined {
  return connections.find((connection) => connection.name === name);
}

function settingsOf(connection: InspectedConnection | undefined): unknown {
  if (connection === undefined) return "no such connection";
  const { mode, ipv4, ipv6, netbios, dnsOverHttps } = connection;
  // Not said is what 0 says: by DHCP.
  return { mode, ipv4, ipv6, netbios: { ...netbios, option: netbios.option ?? 0 }, dnsOverHttps };
}

function addressesOf(connection: InspectedConnection | undefined): unknown {
  if (connection === undefined) return "no such connection";
  const { mode, ipv4, ipv6 } = connection;
  return [mode, ipv4.addresses, ipv4.gateways, ipv6.addresses, ipv6.gateways];
}
