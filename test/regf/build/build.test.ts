/** Hives from nothing: sound, the same each time, and read alike by others. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import { defaultSecurityDescriptor } from "../../../src/regf/build/security-descriptor.ts";
import { toHex } from "../../../src/bytes/hex.ts";
import { buildHive, checkHive, editHive, hiveBytes, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { keyNode, securityOf } from "../../support/low-level.ts";
import { describeWithTools, runTool } from "../../support/tools.ts";

describe.each([3, 5] as const)("version 1.%i", (minor) => {
  const options = { minor, name: "\\??\\C:\\Windows\\System32\\config\\SYSTEM", timestamp: 132_000_000_000_000_000n };

  test("the base block, the root and its security", () => {
    const bytes = hiveBytes(buildHive(options));
    expect(bytes.length).toBe(8192);
    expect(BASE_BLOCK_HEADER.decode(new DataView(bytes.buffer))).toMatchObject({
      primarySequence: 1,
      secondarySequence: 1,
      lastWritten: options.timestamp,
      major: 1,
      minor,
      fileType: 0,
      fileFormat: 1,
      hiveBinsSize: 4096,
      clusteringFactor: 1,
    });
    const hive = openHive({ primary: new MemoryStorage("built", bytes), logs: [] });
    expect(checkHive(hive)).toEqual({ problems: [], omitted: 0, counts: { keys: 1, values: 0 } });
    expect(keyNode(hive, "")).toMatchObject({ flags: 0x2c, lastWritten: options.timestamp });
    const root = keyNode(hive, "").security;
    expect(securityOf(hive, "")).toMatchObject({ referenceCount: 1, next: root, previous: root });
  });

  test("the same options and edits make the same bytes", () => {
    const build = (): Uint8Array => {
      const hive = buildHive(options);
      const edit = editHive(hive, { now: 5n });
      edit.createKey("A\\B");
      edit.setValue("A", "v", 1, new Uint8Array(20_000).fill(7));
      return hiveBytes(hive);
    };
    expect(Buffer.compare(build(), build())).toBe(0);
  });
});

test("the file's name is kept in the base block as far as it goes, its end first", () => {
  const bytes = hiveBytes(buildHive({ minor: 5, name: "\\SystemRoot\\System32\\Config\\SYSTEM" }));
  const field = Buffer.from(bytes.slice(0x30, 0x70)).toString("utf16le");
  expect(field).toBe("stemRoot\\System32\\Config\\SYSTEM\0");
});

test("the default security descriptor, to the byte", () => {
  expect(toHex(defaultSecurityDescriptor())).toBe(
    [
      "01000480" + "60000000" + "70000000" + "00000000" + "14000000",
      "02004c0003000000",
      "00021400" + "3f000f00" + "010100000000000512000000",
      "00021800" + "3f000f00" + "01020000000000052000000020020000",
      "00021800" + "19000200" + "01020000000000052000000021020000",
      "01020000000000052000000020020000",
      "010100000000000512000000",
    ].join(""),
  );
});

describeWithTools("others read it", ["hivexml", "reglookup", "regfinfo"], () => {
  test.each([3, 5] as const)("version 1.%i", (minor) => {
    const folder = mkdtempSync(join(tmpdir(), "pint-built-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "SYSTEM");
    const hive = buildHive({ minor, name: "SYSTEM" });
    editHive(hive, { now: 5n }).createKey("Software\\Größe");
    writeFileSync(file, hiveBytes(hive));
    expect(runTool("hivexml", [file]).stdout.toString()).toContain('<node name="Größe">');
    expect(runTool("regfinfo", [file]).stdout.toString()).toContain(`1.${minor}`);
    const security = runTool("reglookup", ["-s", file]).stdout.toString();
    expect(security).toContain("S-1-5-32-544");
    expect(security).toContain("S-1-5-18");
    expect(security).toContain("S-1-5-32-545");
  });
});
