import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { parseFirstBoot } from "../../src/firstboot/document.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { phonyImage } from "../support/phony-images.ts";
import { contents, isReceipt, NOW, SILENT, snapshot } from "./support.ts";
import { documentFile, looking, options, useFinisher } from "./first-boot-runs.ts";

useFinisher();

const PLANNING = { pairing: DEFAULT_PLAN_OPTIONS };

test("IPv4 moves, the finisher is left for IPv6, 27; again: nothing; undo: bit for bit", () => {
  const { root } = phonyImage("ipv6-without-record");
  const before = contents(root);
  const asked = (now = NOW) => options(root, "ipv6-without-record", { planning: PLANNING, now });

  const result = applyImage(asked(), SILENT);
  expect(result).toMatchObject({
    exitCode: 27,
    written: true,
    sources: [{ outcome: "arranged", pendingParts: ["ipv6"], matchedBy: "order" }],
  });
  const keys = result.steps.map(({ key }) => key);
  expect(keys.some((key) => key.includes("Tcpip\\Parameters\\Interfaces"))).toBe(true);
  expect(keys.some((key) => key.includes("pint-first-boot"))).toBe(true);
  const file = documentFile(root, result);
  expect(parseFirstBoot(readFileSync(file), file).pending).toMatchObject([
    {
      adapter: { mac: { permanent: "00-50-56-A7-1B-22" } },
      connection: { ipv6: { addresses: [{ address: "2001:db8:30::40", prefixLength: 64 }] } },
    },
  ]);

  const after = snapshot(root);
  const again = applyImage(asked(new Date(NOW.getTime() + 1e6)), SILENT);
  expect(again).toMatchObject({ exitCode: 27, written: false, steps: [], firstBoot: { state: "as-it-was" } });
  expect(again.sources).toMatchObject([{ outcome: "arranged", pendingParts: ["ipv6"] }]);
  expect(snapshot(root)).toEqual(after);
  expect(verifyImage({ ...looking(root), planning: PLANNING }, SILENT)).toMatchObject({
    exitCode: 27,
    differences: [],
  });

  undoImage(looking(root), SILENT);
  expect(contents(root, isReceipt)).toEqual(before);
});
