/** An INF file is a driver for a device only where its class, its sections and its IDs are for this Windows. */
import { expect, test } from "vitest";
import { findInInf } from "../../../src/drivers/inf/find-driver.ts";
import { parseInf } from "../../../src/drivers/inf/parse.ts";
import type { TargetOs } from "../../../src/drivers/inf/target-os.ts";

const OS: TargetOs = { architecture: "amd64", major: 6, minor: 3, build: 9600, productType: 3 };
const IDS = ["PCI\\VEN_8086&DEV_1521&SUBSYS_00018086", "PCI\\VEN_8086&DEV_1521", "PCI\\CC_0200"] as const;

const NET = "{4d36e972-e325-11ce-bfc1-08002be10318}";
const SYSTEM = "{4d36e97d-e325-11ce-bfc1-08002be10318}";

interface Parts {
  readonly version?: string;
  readonly manufacturer?: string;
  readonly models?: string;
  readonly install?: string;
  readonly services?: string;
}

function find({ version, manufacturer, models, install, services }: Parts, os = OS) {
  const text = [
    `[Version]\n${version ?? `ClassGuid = ${NET}`}`,
    `[Manufacturer]\n${manufacturer ?? "%V% = M, NTamd64"}`,
    `[M.NTamd64]\n${models ?? "Device = I, PCI\\VEN_8086&DEV_1521"}`,
    install ?? "[I]",
    services ?? "[I.Services]\nAddService = svc, 2, S",
    "[S]\nServiceBinary = %12%\\Svc1.sys\n[B]\nStartType = 3",
    '[Strings]\nV = Vendor\nID = PCI\\VEN_8086&DEV_1521\nASSOC = 0x00000002\nNothing = ""',
  ].join("\n");
  return findInInf(parseInf(text), IDS, os);
}

const DOUBTED = { of: "net", id: IDS[1], doubt: expect.stringContaining("(Include, Needs)") } as const;
const BY_VERSION = { of: "net", id: IDS[1], doubt: expect.stringContaining("[I.NTAMD64.6.3] only") } as const;
const OF_ANOTHER = { of: "net", id: IDS[1], doubt: expect.stringContaining("[I.Services] only") } as const;
const FOUND = { of: "net", id: IDS[1], service: "svc", file: "Svc1.sys" } as const;

test.each<[what: string, parts: Parts, found: ReturnType<typeof find>]>([
  ["plain", {}, FOUND],
  ["the class by its name alone", { version: "Class = net" }, FOUND],
  ["of another class", { version: "Class = Display" }, undefined],
  ["of no class", { version: "Signature = x" }, undefined],
  ["an ID in other case, and as a token", { models: "Device = I, , %id%" }, FOUND],
  ["a compatible ID", { models: "Device = I, PCI\\VEN_1234, pci\\ven_8086&dev_1521" }, FOUND],
  [
    "the more specific ID wins, wherever it stands",
    { models: `A = J, ${IDS[1]}\nB = I, ${IDS[0]}` },
    { ...FOUND, id: IDS[0] },
  ],
  ["the beginning of an ID only", { models: "Device = I, PCI\\VEN_8086&DEV_15210" }, undefined],
  ["for another Windows", { manufacturer: "%V% = M, NTx86" }, undefined],
  ["an empty section of a newer version takes it away", { manufacturer: "%V% = M, NTamd64, NTamd64.6.3" }, undefined],
  ["a bus", { version: `ClassGuid = ${SYSTEM}` }, { ...FOUND, of: "bus" }],
  [
    "a chip that needs no driver",
    { version: `ClassGuid = ${SYSTEM}`, services: "[I.Services]\nAddService = ,2" },
    undefined,
  ],
  ["a system device by its class only", { version: `ClassGuid = ${SYSTEM}`, models: "D = I, PCI\\CC_0200" }, undefined],
  [
    "the service that runs the device",
    {
      install: "[I]\n[I.NT]\n[I.NTamd64]",
      services: "[I.Services]\nAddService=c,2,S\n[I.NTamd64.Services]\nAddService = a,,A\nAddService = b,0x2,B",
    },
    { ...FOUND, service: "b", file: "b.sys" },
  ],
  // Windows takes the services of the section that it has taken
  ["a service of another section", { install: "[I]\n[I.NTamd64]" }, OF_ANOTHER],
  ["that, and a null driver", { install: "[I.NT]", services: "[I.Services]\nAddService=,2" }, undefined],
  [
    "a null driver of its own, and a service of another section",
    { install: "[I.NT]", services: "[I.Services]\nAddService=svc,2,S\n[I.NT.Services]\nAddService=,2" },
    undefined,
  ],
  [
    "a service whose section is not there",
    { services: "[I.Services]\nAddService = svc, 2, Gone" },
    { of: "net", id: IDS[1], doubt: expect.stringContaining("no section [Gone]") },
  ],
  ["a file for Windows 95", { version: 'Signature = "$Windows 95$"\nClass = Net' }, undefined],
  ["a file for every Windows", { version: 'Signature = "$Chicago$"\nClass = Net' }, FOUND],
  ["that, its flags as a token", { services: "[I.Services]\nAddService = svc, %assoc%, S" }, FOUND],
  // null drivers: Windows makes the device known, and does not start it
  ["no service", { services: "" }, undefined],
  ["a service without a name", { services: "[I.Services]\nAddService=,2" }, undefined],
  ["a service whose name is empty", { services: "[I.Services]\nAddService=%nothing%,2" }, undefined],
  ["only services that it needs beside its own", { services: "[I.Services]\nAddService = helper,,S" }, undefined],
  ["no name of a section", { models: "Device =, PCI\\VEN_8086&DEV_1521" }, undefined],
  ["NO_DRV", { models: "Device = NO_DRV, PCI\\VEN_8086&DEV_1521" }, undefined],
  ["a section that is not there", { install: "" }, undefined],
  [
    "the null driver is for the ID that is more specific",
    { models: `A = I, ${IDS[1]}\nB = NO_DRV, ${IDS[0]}\n[NO_DRV]` },
    undefined,
  ],
  // the service comes from another file, or not
  ["Include and Needs", { install: "[I]\nInclude=x.inf\nNeeds=X", services: "" }, DOUBTED],
  ["Needs of its services", { services: "[I.Services]\nInclude=x.inf\nNeeds=X.Services" }, DOUBTED],
  // a version in the name of an install section
  ["for this version only", { install: "[I.NTamd64.6.3]" }, BY_VERSION],
  ["for this version of any processor only", { install: "[I.NT.6.1]" }, { ...BY_VERSION, doubt: expect.any(String) }],
  ["for another version only", { install: "[I.NTamd64.10.0]\n[I.NTx86.6.3]" }, undefined],
  ["for this version, and as it stands", { install: "[I]\n[I.NTamd64.6.3]" }, FOUND],
  ["Needs, and a service of its own", { install: "[I]\nNeeds=X" }, FOUND],
  ["Needs, and a null driver", { install: "[I]\nNeeds=X", services: "[I.Services]\nAddService=,2" }, undefined],
])("%s", (_, parts, found) => {
  expect(find(parts)).toEqual(found);
});

test("of a Windows whose build is not known, what a section for some builds says is a doubt", () => {
  const manufacturer = "%V% = M, NTamd64, NTamd64.6.3...9600";
  const parts = { manufacturer, models: `D = I, ${IDS[1]}\n[M.NTamd64.6.3...9600]\nD = I, ${IDS[0]}` };
  const doubted = { of: "net", doubt: expect.stringContaining("the image does not say which") };
  expect(find(parts)).toEqual({ ...FOUND, id: IDS[0] });
  expect(find(parts, { ...OS, build: undefined })).toEqual({ ...doubted, id: IDS[0] });
  // the section that it takes otherwise
  const other = { manufacturer, models: `D = I, ${IDS[1]}\n[M.NTamd64.6.3...9600]` };
  expect(find(other)).toBeUndefined();
  expect(find(other, { ...OS, build: undefined })).toEqual({ ...doubted, id: IDS[1] });
});

test("a section that a thousand manufacturers name is read once", () => {
  const manufacturer = Array.from({ length: 20_000 }, (_, index) => `V${index} = M, NTamd64`).join("\n");
  const models = Array.from({ length: 20_000 }, (_, index) => `D${index} = I, PCI\\VEN_${index}`).join("\n");
  expect(find({ manufacturer, models })).toBeUndefined();
});
