/** What is said of an adapter by a small hive and files that are none: where the evidence ends, so does the verdict. */
import { describe, expect, test, vi } from "vitest";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { MAX_SEARCH_MS } from "../../src/drivers/inf-search.ts";
import { judgeDrivers } from "../../src/drivers/judge.ts";
import type { DriverFiles, InfFile } from "../../src/drivers/model.ts";
import { buildHive, editHive, type Hive } from "../../src/regf/index.ts";
import type { Windows } from "../../src/windows/model/windows.ts";

const ID = "PCI\\VEN_8086&DEV_1521";
const NET = "{4d36e972-e325-11ce-bfc1-08002be10318}";
const SET = "ControlSet001";

function hiveWith(keys: Readonly<Record<string, Readonly<Record<string, string>>>>): Hive {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  for (const [key, values] of Object.entries(keys)) {
    edit.createKey(key);
    for (const [name, text] of Object.entries(values)) edit.setValue(key, name, 1, encodeUtf16(`${text}\0`));
  }
  return hive;
}

/** Another device of the kind, whose driver was chosen by `ID`. */
const INSTALLED = {
  [`${SET}\\Enum\\PCI\\VEN_8086&DEV_1521\\3&1`]: { Driver: `${NET}\\0003`, Service: "e1r" },
  [`${SET}\\Control\\Class\\${NET}\\0003`]: { MatchingDeviceId: ID.toLowerCase(), InfPath: "net1r.inf" },
  [`${SET}\\Services\\e1r`]: { ImagePath: "System32\\drivers\\e1r.sys" },
};

const INDEX = hiveWith({ "DriverDatabase\\DeviceIds\\PCI": {} });

interface Case {
  readonly keys?: Parameters<typeof hiveWith>[0];
  readonly infs: Iterable<InfFile>;
  /** Whether the file of that last name is there. */
  readonly has?: (name: string, names: readonly string[]) => boolean;
  readonly windows?: { readonly version: object; readonly processorArchitecture: string };
}

const TEN = { version: { family: "10" }, processorArchitecture: "AMD64" };

function judge({ keys = { [SET]: {} }, infs, has = () => true, windows: some = TEN }: Case) {
  const windows = { ...some, controlSets: { current: 1 } } as unknown as Windows;
  const files: DriverFiles = {
    windowsFolder: "Windows",
    has: ({ names }) => has(names.at(-1) ?? "", names),
    infFiles: () => ({ read: true, found: infs }),
    lookInto: (_, look) => ({ read: true, found: look(INDEX.root) }),
  };
  const adapters = [{ adapter: { mac: {}, hardwareIds: [ID] } }];
  return judgeDrivers({ windows, root: hiveWith(keys).root, adapters, files })[0]?.finding;
}

function inf(name: string, onRead = () => {}, text = "[Version]\nClass=Net\n"): InfFile {
  return {
    name,
    read: () => {
      onRead();
      return { read: true, found: new TextEncoder().encode(text) };
    },
  };
}

describe("the index of DRIVERS lists nothing, and", () => {
  test("no INF file names the device: missing", () => {
    expect(judge({ infs: [inf("a.inf")] })).toMatchObject({ verdict: "missing" });
  });

  test("the search through the INF files ran out of time: unknown, and why is said", () => {
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    const slow = inf("a.inf", () => {
      now += MAX_SEARCH_MS + 1;
    });
    const finding = judge({ infs: [slow, inf("b.inf")] });
    clock.mockRestore();
    expect(finding).toMatchObject({
      verdict: "unknown",
      reason: expect.stringMatching(/DRIVERS hive lists none.*takes more than 120 seconds/),
    });
  });
});

describe("a driver that is installed for another device of the kind, its INF file gone from INF,", () => {
  const has = (name: string) => name !== "net1r.inf";

  test.each([
    ["counts while the folder of its package is there", "NET1R.inf_amd64_0123456789abcdef\\net1r.inf", "there"],
    ["counts for nothing when only a package of another name is there", "net1r.inf_amd64_0\\other.inf", "missing"],
    ["nor when one of a name that begins so is", "net1r.information_amd64_0\\net1r.inf", "missing"],
  ])("%s", (_what, name, verdict) => {
    expect(judge({ keys: INSTALLED, infs: [inf(name)], has })?.verdict).toBe(verdict);
  });

  test("counts where the INF file is in INF", () => {
    expect(judge({ keys: INSTALLED, infs: [] })).toMatchObject({ verdict: "there", evidence: "installed" });
  });
});

describe("on XP, which has no driver store, an INF file", () => {
  const windows = { version: { family: "xp", build: 2600, productType: "WinNT" }, processorArchitecture: "x86" };
  const text = `[Version]\nClass=Net\n[Manufacturer]\nV=M\n[M]\nD=I,${ID}\n[I]\n[I.Services]\nAddService=svc,2,S\n[S]\nServiceBinary=%12%\\nic5.sys\n`;
  const infs = [inf("oem5.inf", () => {}, text)];

  test("is a driver where the service's file is in System32\\drivers", () => {
    const has = (_: string, names: readonly string[]) => names.join("\\") === "System32\\drivers\\nic5.sys";
    expect(judge({ infs, windows, has })).toMatchObject({ verdict: "there", inf: "oem5.inf", service: "svc" });
  });

  test("leaves it unknown where that file is not, and why is said", () => {
    const finding = judge({ infs, windows, has: (name) => name === "svc.sys" });
    expect(finding).toMatchObject({ verdict: "unknown", inf: "oem5.inf" });
    expect(finding?.reason).toContain("nic5.sys is not in System32\\drivers, and whether Windows finds it elsewhere");
  });
});
