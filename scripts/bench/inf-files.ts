/** The INF files that drivers are looked for in: as many and as large as a Windows has them, written by rule. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";

/** Below a folder of the bench, as in an image. */
export const BENCH_REPOSITORY = ["Windows", "System32", "DriverStore", "FileRepository"] as const;

/** What stands behind the bus in the IDs of the four. */
export const BENCH_DEVICES = [
  "VEN_15AD&DEV_07B0",
  "VEN_8086&DEV_1521",
  "VEN_14E4&DEV_165F",
  "VEN_10EC&DEV_8168",
] as const;

export const FILE_COUNT = 1000;

/** In UTF-16, as nearly all INF files of Windows are: 40 kB then. */
const CHARACTER_COUNT = 20_000;

/** The same each time. The last of all are the four that are looked for: every file is read. */
export function makeInfFiles(repository: string): void {
  for (let number = 0; number < FILE_COUNT; number++) {
    const name = `bench${String(number).padStart(4, "0")}.inf`;
    const folder = join(repository, `${name}_amd64_${number.toString(16).padStart(16, "0")}`);
    mkdirSync(folder, { recursive: true });
    const device = BENCH_DEVICES[number - (FILE_COUNT - BENCH_DEVICES.length)];
    writeFileSync(join(folder, name), encodeUtf16(`\ufeff${infText(number, device)}`));
  }
}

function infText(number: number, device = `VEN_${(0x2000 + number).toString(16)}&DEV_0001`): string {
  const head = [
    "[Version]",
    'Signature = "$WINDOWS NT$"',
    "Class = Net",
    "ClassGuid = {4d36e972-e325-11ce-bfc1-08002be10318}",
    "[Manufacturer]",
    "%Vendor% = Models, NTamd64",
    "[Models.NTamd64]",
    `%Device% = Install, PCI\\${device}`,
    "[Install.NT]",
    "AddReg = Registry",
    "[Install.NT.Services]",
    `AddService = bench${number}, 2, Service`,
    "[Service]",
    `ServiceBinary = %12%\\bench${number}.sys`,
    "[Strings]",
    'Vendor = "A vendor"',
    'Device = "A network adapter"',
    "[Registry]",
  ].join("\r\n");
  const lines: string[] = [];
  for (let size = head.length; size < CHARACTER_COUNT; size += lines.at(-1)?.length ?? 0) {
    lines.push(`HKR, Ndi\\Params\\*Setting${lines.length}, ParamDesc, 0, %Device%\r\n`);
  }
  return `${head}\r\n${lines.join("")}`;
}
