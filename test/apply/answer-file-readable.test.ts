/** An answer file that is rewritten is protected as it was; where that cannot be made sure, a warning says so. */
import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planImage } from "../../src/apply/plan.ts";
import type { Host } from "../../src/image/host.ts";
import { THIS_MACHINE } from "../../src/image/machine.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { RICH } from "../unattend/samples.ts";
import { imageOptions, NOW, SILENT } from "./support.ts";

const UNREADABLE = "answer-file-readable";

function rewritten(host: Host) {
  const { root } = phonyImage("pending-10");
  const file = writeFileIn(newFolder(), "answer.xml", RICH);
  chmodSync(file, 0o640);
  const inventory = { kind: "document", path: join("fixtures", "variants", "pending-10", "inventory.json") } as const;
  const what = { inventory, pairing: DEFAULT_PLAN_OPTIONS };
  const { plan, answerFile } = planImage(
    { ...imageOptions(root), ...what, host, unattend: { target: { file }, now: NOW } },
    SILENT,
  );
  expect(answerFile?.state).toBe("written");
  return {
    file,
    told: plan.warnings.filter(({ code }) => code === UNREADABLE).map(({ message }) => message),
    kept: answerFile?.formerKeptAs ?? "",
  };
}

test("on a file system of Linux' own it keeps its mode", () => {
  const { file, kept, told } = rewritten({ ...LINUX, machine: THIS_MACHINE });
  expect(told).toEqual([]);
  for (const place of [file, kept]) expect(statSync(place).mode & 0o777).toBe(0o640);
});

test("where the former list cannot be read, that is told", () => {
  // No mounts are known, and no program is there to be asked.
  const { file, kept, told } = rewritten({ ...LINUX, machine: { ...LINUX.machine, readText: () => undefined } });
  expect(told).toEqual(
    [kept, file].map((place) => expect.stringContaining(`${place} is not known to have the access`)),
  );
  for (const place of [file, kept]) expect(statSync(place).mode & 0o077).toBe(0);
});
