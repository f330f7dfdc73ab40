/**
 * Service start under Wine, which is no boot: an image that apply --first-boot has arranged, its service and files put into a Wine prefix, the
 * new adapter's keys put there as plug and play would; Wine then starts the service (NSSM), the service pint.exe, and that does the rest by
 * Wine's own reg.exe, sc.exe and shutdown.exe. The last does nothing there, and there is no eventcreate.exe: that is told in the result.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { parseFirstBootResult } from "../../src/firstboot/result.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import type { Key } from "../../src/regf/index.ts";
import { encodeRegFile } from "../../src/regtext/encoding.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { type ReadableKey, regEntriesOf } from "../../src/regtext/from-key.ts";
import { KEYS_OF_NEW, NEW, OLD } from "../apply/first-boot-live/booted-windows.ts";
import { editOnDisk, NOW, readHive, SILENT } from "../apply/support.ts";
import { parseLog } from "../support/cmtrace.ts";
import { keepingLists } from "../support/first-boot.ts";
import { newFolder } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { packagedProgram, PACKAGING_TIMEOUT_MS } from "../support/packaged.ts";
import { phonyImage } from "../support/phony-images.ts";
import { missingWine, Wine } from "../support/wine.ts";

const SERVER = "/usr/lib/wine/wineserver64";
const PROGRAM_TIMEOUT_MS = 120_000;

/** The finisher waits until nothing has changed for some seconds, and each of its looks is a dozen programs. */
const FINISH_TIMEOUT_MS = 360_000;

const CURRENT = "HKLM\\SYSTEM\\CurrentControlSet";

/** What the finisher reads, but for the services that are Wine's own. */
const BRANCHES = [
  ...["Enum", "Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}", "Control\\Network", "Control\\NetworkSetup2"],
  ...["Control\\Nsi", "Control\\ProductOptions", "Services\\Tcpip", "Services\\Tcpip6", "Services\\NetBT"],
  "Services\\pint-first-boot",
];

describeUnlessMissing("Wine", missingWine, () => {
  let wine: Wine;

  beforeAll(async () => {
    await packagedProgram();
    wine = new Wine();
    must("winecfg.exe", "/v", "win10"); // the oldest that Node runs on
  }, PACKAGING_TIMEOUT_MS);
  afterAll(() => wine?.close());

  const inWindows = (...names: readonly string[]) => join(wine.folder, "prefix", "drive_c", "windows", ...names);

  function must(program: string, ...args: readonly string[]): string {
    const run = wine.run(program, args, PROGRAM_TIMEOUT_MS);
    if (!run.ended || run.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${JSON.stringify(run)}`);
    return run.output;
  }

  /** Wine's registry is on the disk then, and what runs is ended. */
  function stop(): void {
    const environment = {
      ...process.env,
      HOME: wine.folder,
      WINEPREFIX: join(wine.folder, "prefix"),
      WINEARCH: "win64",
    };
    for (const how of ["-k", "-w"]) {
      spawnSync(SERVER, [how], { env: environment, stdio: "ignore", timeout: PROGRAM_TIMEOUT_MS });
    }
  }

  /** The first program of a prefix starts its services, which must not hold a pipe of ours: they go on after it. */
  function start(): void {
    const { status } = wine.runIntoFiles("cmd.exe", ["/c", "ver"], PROGRAM_TIMEOUT_MS);
    if (status !== 0) throw new Error(`the prefix does not start: ${status}`);
  }

  function importKeys(keys: readonly (Key | undefined)[]): void {
    const entries = keys.flatMap((key) =>
      key === undefined ? [] : [...regEntriesOf(live(key), "HKEY_LOCAL_MACHINE\\SYSTEM")],
    );
    const file = join(newFolder(), "keys.reg");
    writeFileSync(file, encodeRegFile(formatRegText(entries)));
    must("reg.exe", "import", `Z:${file.replaceAll("/", "\\")}`);
  }

  const interfaceValue = (guid: string, name: string) => {
    const key = `${CURRENT}\\Services\\Tcpip\\Parameters\\Interfaces\\${guid}`;
    const run = wine.run("reg.exe", ["query", key, "/v", name], PROGRAM_TIMEOUT_MS);
    return run.ended && run.status === 0 ? /REG_\w+\s+(\S*)/.exec(run.output)?.[1] : undefined;
  };

  test("the service starts the finisher: the registry holds the addresses, and the service is gone", {
    timeout: 900_000,
  }, async () => {
    const computerName = /ComputerName\s+REG_SZ\s+(\S+)/.exec(
      must("reg.exe", "query", `${CURRENT}\\Control\\ComputerName\\ComputerName`, "/v", "ComputerName"),
    )?.[1];
    const { root, hive, newKeys } = await arrangedImage(computerName ?? "");
    readHive(hive, (image) => importKeys(BRANCHES.map((branch) => image.root.open(`ControlSet001\\${branch}`))));
    cpSync(join(root, "Windows", "PINT", "first-boot"), inWindows("PINT", "first-boot"), { recursive: true });
    newKeys(importKeys);
    stop();
    start();

    const result = await resultIn(inWindows("PINT", "first-boot-result.json"));
    expect(result).toMatchObject({
      state: "finished",
      attempt: 1,
      removed: true,
      restart: true,
      sources: [{ outcome: "moved", target: "Ethernet1" }],
    });
    expect(result.warnings.filter(({ code }) => code === "not-removed" || code === "restart-needed")).toEqual([]);
    expect(interfaceValue(NEW, "EnableDHCP")).toBe("0x0");
    expect(interfaceValue(NEW, "IPAddress")).toBe("10.20.30.40");
    expect(interfaceValue(OLD, "EnableDHCP")).toBe("0x1");
    expect(interfaceValue(OLD, "IPAddress")).toBeUndefined();

    // What shutdown.exe would have led to.
    stop();
    start();
    expect(wine.run("reg.exe", ["query", `${CURRENT}\\Services\\pint-first-boot`], PROGRAM_TIMEOUT_MS)).toMatchObject({
      status: 1,
    });
    expect(existsSync(inWindows("PINT", "first-boot"))).toBe(false);
    const log = readFileSync(inWindows("PINT", "first-boot.log"), "utf8");
    expect(parseLog(log).map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining("attempt 1 of 5"), expect.stringMatching(/^finished: /)]),
    );
  });

  async function resultIn(file: string) {
    const untilMs = Date.now() + FINISH_TIMEOUT_MS;
    while (Date.now() < untilMs) {
      // It is complete when the removal, which comes after it, is: the files of the next start are noted last. To ask may be that start.
      if (existsSync(file) && (hasPendingDeletions() || !existsSync(inWindows("PINT", "first-boot")))) {
        return parseFirstBootResult(readFileSync(file), file);
      }
      await setTimeout(2000);
    }
    const log = inWindows("PINT", "first-boot.log");
    throw new Error(`no result; the log: ${existsSync(log) ? readFileSync(log, "utf8") : "none"}`);
  }

  function hasPendingDeletions(): boolean {
    const args = ["query", `${CURRENT}\\Control\\Session Manager`, "/v", "PendingFileRenameOperations"];
    const run = wine.run("reg.exe", args, PROGRAM_TIMEOUT_MS);
    return run.ended && run.status === 0;
  }
});

/** An image of that computer that has not met its new adapter, with the first boot arranged; and the keys that plug and play adds. */
async function arrangedImage(computerName: string) {
  const { folder } = await packagedProgram();
  const { root, hive } = phonyImage("moved-windows-10");
  const met = phonyImage("moved-windows-10").hive;
  editOnDisk(hive, (edit) => {
    for (const key of KEYS_OF_NEW) edit.deleteKey(key);
    const name = encodeUtf16(`${computerName}\0`);
    edit.setValue("ControlSet001\\Control\\ComputerName\\ComputerName", "ComputerName", 1, name);
    const environment = "ControlSet001\\Control\\Session Manager\\Environment";
    edit.createKey(environment);
    edit.setValue(environment, "PROCESSOR_ARCHITECTURE", 1, encodeUtf16("AMD64\0"));
  });
  const result = applyImage(
    {
      image: root,
      force: [],
      host: keepingLists().host,
      what: {
        profile: join(root, "Windows", "PINT", "profile.json"),
        inventory: { kind: "document", path: join("fixtures", "moved-windows-10", "inventory.json") },
        pairing: DEFAULT_PLAN_OPTIONS,
      },
      tool: "pint-offline test",
      now: NOW,
      firstBoot: { filesFolder: folder, insisted: true },
    },
    SILENT,
  );
  expect(result).toMatchObject({
    exitCode: 27,
    sources: expect.arrayContaining([expect.objectContaining({ outcome: "arranged" })]),
  });
  const newKeys = (use: (keys: readonly (Key | undefined)[]) => void) =>
    readHive(met, (image) => use(KEYS_OF_NEW.map((key) => image.root.open(key))));
  return { root, hive, newKeys };
}

function live(key: ReadableKey): ReadableKey {
  return {
    path: key.path.replace("ControlSet001", "CurrentControlSet"),
    subkeys: () => [...key.subkeys()].map(live),
    values: () => key.values(),
  };
}
