/** Presence by the hive's own evidence: proven, disproven, or not known, and the dates in the reason. */
import { describe, expect, test } from "vitest";
import { presenceByEvidence } from "../../src/match/evidence.ts";
import type { PresenceVerdict } from "../../src/match/model.ts";
import type { PresenceEvidence, WindowsAdapter, WindowsFamily } from "../../src/windows/model/windows.ts";
import { afterBoot, connectionWith, LAST_BOOT } from "../support/models.ts";

const BOOT = { time: LAST_BOOT, from: "the PCI root" };
const LONG_AGO = afterBoot(-86_400 * 300);

type Case = [
  what: string,
  evidence: PresenceEvidence,
  verdict: PresenceVerdict,
  reason: RegExp,
  adapter?: Partial<WindowsAdapter>,
];

function verdictOf(family: WindowsFamily, evidence: PresenceEvidence, adapter?: Partial<WindowsAdapter>) {
  return presenceByEvidence(connectionWith(1, { evidence, adapter: adapter ?? {} }), family);
}

describe("Windows 8 and later, by the times of arrival", () => {
  test.each<Case>([
    [
      "arrived with the boot",
      { lastBoot: BOOT, lastArrival: afterBoot(3) },
      "present",
      /last boot at 2024-05-01 10:00 UTC \(the PCI root\)/,
    ],
    ["a little before the PCI root", { lastBoot: BOOT, lastArrival: afterBoot(-5) }, "present", /was there/],
    ["nine minutes later, a slow boot", { lastBoot: BOOT, lastArrival: afterBoot(540) }, "present", /was there/],
    [
      "eleven minutes before",
      { lastBoot: BOOT, lastArrival: afterBoot(-660) },
      "orphan",
      /last there 2024-05-01 09:49 UTC, not in the last boot/,
    ],
    ["months before", { lastBoot: BOOT, lastArrival: LONG_AGO }, "orphan", /2023-07-06/],
    [
      "a day after the boot",
      { lastBoot: BOOT, lastArrival: afterBoot(86_400) },
      "unknown",
      /2024-05-02 10:00 UTC, after .* clock was changed/,
    ],
    [
      "removed after it arrived",
      { lastBoot: BOOT, lastArrival: afterBoot(3), lastRemoval: afterBoot(60) },
      "orphan",
      /removed 2024-05-01 10:01 UTC/,
    ],
    [
      "removed before it came back",
      { lastBoot: BOOT, lastArrival: afterBoot(3), lastRemoval: LONG_AGO },
      "present",
      /was there/,
    ],
    ["no time of arrival", { lastBoot: BOOT }, "unknown", /0066/],
    ["no last boot", { lastArrival: afterBoot(3) }, "unknown", /does not say when the last boot was/],
    ["removed, although no boot is known", { lastArrival: LONG_AGO, lastRemoval: afterBoot(0) }, "orphan", /removed/],
    [
      "disabled: it arrives all the same",
      { lastBoot: BOOT, lastArrival: LONG_AGO },
      "orphan",
      /not in the last boot/,
      { disabled: true },
    ],
    [
      "made by software, which has old times",
      { lastBoot: BOOT, lastArrival: LONG_AGO },
      "unknown",
      /made by software/,
      { instanceId: "ROOT\\KDNIC\\0000" },
    ],
  ])("%s", (_what, evidence, verdict, reason, adapter) => {
    for (const family of ["8", "8.1", "10"] as const) {
      expect(verdictOf(family, evidence, adapter)).toEqual({ verdict, reason: expect.stringMatching(reason) });
    }
  });
});

describe("XP to 7, by the times of start and of the Enum key", () => {
  test.each<Case>([
    [
      "started with the boot",
      { lastBoot: BOOT, lastStart: afterBoot(20), enumKeyTime: afterBoot(10) },
      "present",
      /started in the last boot at 2024-05-01 10:00 UTC/,
    ],
    [
      "not started since",
      { lastBoot: BOOT, lastStart: LONG_AGO, enumKeyTime: afterBoot(10) },
      "orphan",
      /last started 2023-07-06/,
    ],
    [
      "not started, but disabled",
      { lastBoot: BOOT, lastStart: LONG_AGO, enumKeyTime: afterBoot(10) },
      "unknown",
      /it is disabled/,
      { disabled: true },
    ],
    [
      "disabled, and not even enumerated",
      { lastBoot: BOOT, lastStart: LONG_AGO, enumKeyTime: LONG_AGO },
      "orphan",
      /last enumerated/,
      { disabled: true },
    ],
    ["a stale Enum key", { lastBoot: BOOT, enumKeyTime: LONG_AGO }, "orphan", /last enumerated 2023-07-06/],
    [
      "a fresh Enum key proves nothing",
      { lastBoot: BOOT, enumKeyTime: afterBoot(10) },
      "unknown",
      /when its adapter last started/,
    ],
    [
      "started days later",
      { lastBoot: BOOT, lastStart: afterBoot(86_400 * 2) },
      "unknown",
      /2024-05-03 10:00 UTC, after/,
    ],
    ["no last boot", { lastStart: afterBoot(20), enumKeyTime: LONG_AGO }, "unknown", /when the last boot was/],
    ["nothing at all", {}, "unknown", /when the last boot was/],
    ["arrival times are not for it", { lastBoot: BOOT, lastArrival: afterBoot(3) }, "unknown", /last started/],
    [
      "made by software",
      { lastBoot: BOOT, enumKeyTime: LONG_AGO },
      "unknown",
      /made by software/,
      { instanceId: "SW\\{EEAB7790}\\ASYNCMAC" },
    ],
  ])("%s", (_what, evidence, verdict, reason, adapter) => {
    for (const family of ["xp", "vista", "7"] as const) {
      expect(verdictOf(family, evidence, adapter)).toEqual({ verdict, reason: expect.stringMatching(reason) });
    }
  });
});

test("a team or a device of a bus that a GUID names is no orphan for its old times", () => {
  for (const instanceId of [
    "COMPOSITEBUS\\MS_IMPLAT_MP\\{1}",
    "{5d624f94-8850-40c3-a3fa-a4fd2080baf3}\\vwifimp_wfd\\5",
  ]) {
    expect(verdictOf("10", { lastBoot: BOOT, lastArrival: LONG_AGO }, { instanceId }).verdict).toBe("unknown");
    expect(verdictOf("10", { lastBoot: BOOT, lastArrival: afterBoot(3) }, { instanceId }).verdict).toBe("present");
  }
});

describe("uninstalled", () => {
  test("no adapter has the interface", () => {
    expect(presenceByEvidence(connectionWith(1, { adapter: null }), "10")).toEqual({
      verdict: "orphan",
      reason: expect.stringMatching(/uninstalled/),
    });
  });

  test("no device under Enum, whatever the times say", () => {
    const found = verdictOf("10", { lastBoot: BOOT, lastArrival: afterBoot(3) }, { instanceId: undefined });
    expect(found).toEqual({ verdict: "orphan", reason: expect.stringMatching(/no device under Enum/) });
  });
});

test("whatever 64 bits a hive has for a time, it is told", () => {
  expect(verdictOf("10", { lastBoot: BOOT, lastArrival: 0n }).reason).toContain("1601-01-01 00:00 UTC");
  expect(verdictOf("10", { lastBoot: BOOT, lastArrival: 2n ** 64n - 1n }).reason).toContain("60056-05-28");
});
