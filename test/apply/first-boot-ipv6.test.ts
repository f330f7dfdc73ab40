/** --first-boot where only static IPv6 waits: the rest is moved at once, and the finisher is left for what Windows itself has to write. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

test("Windows 7 gets a batch file that adds it to the interface that has the rest", () => {
  const { root } = phonyImage("moved-windows-7");
  const folder = join(root, "Windows", "PINT");
  mkdirSync(folder, { recursive: true });
  const profile = {
    pintProfile: 1,
    captured: { computerName: "PRESS-07" },
    connections: [
      {
        number: 1,
        guid: "{E9A41D58-72BC-4F3E-9D06-1B8C5F27A403}",
        ipv4: { addresses: ["192.168.50.21/24"], gateways: ["192.168.50.1"] },
        ipv6: { addresses: ["2001:db8:50::21/64"], gateways: ["fe80::1"] },
      },
    ],
  };
  writeFileSync(join(folder, "profile.json"), JSON.stringify(profile));
  const inventory = { kind: "document", path: join("fixtures", "moved-windows-7", "inventory.json") } as const;
  const asked = (now: Date) => options(root, "pending-7", { planning: { ...PLANNING, inventory }, now });

  const result = applyImage(asked(NOW), SILENT);
  expect(result).toMatchObject({
    exitCode: 27,
    firstBoot: { way: "batch" },
    sources: [{ outcome: "arranged", pendingParts: ["ipv6"] }],
  });
  const file = documentFile(root, result);
  const [pending] = parseFirstBoot(readFileSync(file), file).pending;
  expect(pending?.target).toBe(result.sources[0]?.target?.guid);
  const text = readFileSync(file.replace(/json$/, "cmd"), "latin1");
  expect(text).toContain(
    '%NETSH% interface ipv6 add address interface="!NAME!" address=2001:db8:50::21/64 store=persistent',
  );
  expect(text).not.toContain("interface ipv4 set address");
  expect(applyImage(asked(new Date(NOW.getTime() + 1e6)), SILENT)).toMatchObject({ exitCode: 27, written: false });
});
