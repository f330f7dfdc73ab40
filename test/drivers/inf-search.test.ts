/** INF files are looked through for devices: what the cheap look takes for worth parsing, and how long all of it may take. */
import { describe, expect, test } from "vitest";
import { mayComposeIds } from "../../src/drivers/inf/composed-ids.ts";
import { MAX_SEARCH_MS, searchInfs } from "../../src/drivers/inf-search.ts";
import type { TargetOs } from "../../src/drivers/inf/target-os.ts";
import type { InfFile } from "../../src/drivers/model.ts";

const OS: TargetOs = { architecture: "x86", major: 5, minor: 1 };
const WANTED = { ids: ["PCI\\VEN_8086&DEV_1521&SUBSYS_00018086", "PCI\\VEN_8086&DEV_1521"] };

function infFile(name: string, id: string, strings = ""): InfFile {
  const text = `[Version]\nClass=Net\n[Manufacturer]\nV=M\n[M]\nD=I,${id}\n[I]\n[I.Services]\nAddService=svc,2,S\n[S]\n[Strings]\n${strings}`;
  return { name, read: () => ({ read: true, found: new TextEncoder().encode(text) }) };
}

describe("an ID is found", () => {
  test.each<[id: string, strings: string]>([
    ["PCI\\VEN_8086&DEV_1521", ""],
    ["pci\\ven_8086&dev_1521", ""],
    ["%id%", "id = PCI\\VEN_8086&DEV_1521"],
    ["PCI\\%hw%", "hw = VEN_8086&DEV_1521"],
    ["%bus%\\VEN_8086&DEV_1521", "bus = PCI"],
    ["%bus%%hw%", 'bus = "PCI\\"\nhw = VEN_8086&DEV_1521'],
    // nothing of it stands in the text as a whole
    ["PCI\\VEN_%v%&DEV_%d%", "v = 8086\nd = 1521"],
    ["PCI\\%ven%&%dev%", "ven = VEN_8086\ndev = DEV_1521"],
    ["%bus%%ven%%dev%", 'bus = "PCI\\"\nven = VEN_8086\ndev = "&DEV_1521"'],
    ["%bus%\\VEN_%v%&DEV_1521", "bus = pci\nv = 8086"],
  ])("%s", (id, strings) => {
    const { found, count } = searchInfs([infFile("a.inf", id, strings)], [WANTED], OS);
    expect(found.get(WANTED)).toMatchObject({
      of: "net",
      id: WANTED.ids[1],
      service: "svc",
      file: "svc.sys",
      inf: { name: "a.inf" },
    });
    expect(count).toBe(1);
  });

  test("but not one that only begins like it", () => {
    const { found, gap } = searchInfs([infFile("a.inf", "PCI\\VEN_8086&DEV_15210")], [WANTED], OS);
    expect([found.size, gap]).toEqual([0, undefined]);
  });

  test.each([
    [
      "[Version]\nClass=Net\n[M]\n%D%=I,%id%\n[I]\nServiceBinary=%12%\\svc.sys\nHKR,,p,0x20000,%%SystemRoot%%\\x",
      false,
    ],
    ["[Version]\nClass=Net\n; 100% sure\n[M]\n%D%=I,PCI\\VEN_%v%", true],
    ["[Version]\nClass=Display\n[M]\n%D%=I,PCI\\VEN_%v%", false],
    ['[Version]\nClassGuid="{4D36E97D-E325-11CE-BFC1-08002BE10318}"\n[M]\nD=I,"%a%&DEV_1"', true],
  ])("a file is parsed for tokens only where they may make an ID: %j", (text, may) => {
    expect(mayComposeIds(text)).toBe(may);
  });
});

test("the time for all files is limited, and what was not read is said", () => {
  let now = 7;
  const slow = (name: string): InfFile => ({
    name,
    read: () => {
      now += MAX_SEARCH_MS / 2 + 1;
      return { read: true, found: new Uint8Array() };
    },
  });
  const last = infFile("last.inf", "PCI\\VEN_8086&DEV_1521");
  const search = (count: number) =>
    searchInfs([...Array.from({ length: count }, (_, index) => slow(`${index}.inf`)), last], [WANTED], OS, () => now);
  expect(search(1).found.get(WANTED)?.inf.name).toBe("last.inf");
  const gap = "to read all INF files takes more than 120 seconds";
  expect(search(5)).toEqual({ found: new Map(), count: 2, gap, isBrokenOff: true });
});
