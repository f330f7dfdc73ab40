/** The command line on other people's hives: what it finds, and that whatever they hold ends with a clear answer. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { InspectResult } from "../../src/apply/results.ts";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { run } from "../../src/cli/run.ts";
import { LINUX } from "../support/hosts.ts";
import { NO_VOLUMES } from "../support/surroundings.ts";
import { describeWithRealHives, REAL_HIVES, realHive } from "../support/real-hives.ts";
import type { Run } from "./sample-commands.ts";

function pint(...argv: string[]): Run {
  const texts = { stdout: "", stderr: "" };
  const code = run(argv, COMMANDS, {
    stdout: (text) => {
      texts.stdout += text;
    },
    stderr: (text) => {
      texts.stderr += text;
    },
    host: LINUX,
    now: new Date("2026-01-02T03:04:05Z"),
    surroundings: NO_VOLUMES,
  });
  return { code, ...texts };
}

function inspected(name: string): InspectResult {
  const { code, stdout } = pint("inspect", realHive(name), "--json");
  expect(code).toBe(0);
  return JSON.parse(stdout) as InspectResult;
}

function physical(result: InspectResult): InspectResult["connections"] {
  return result.connections.filter(({ adapter }) => adapter?.physical === true);
}

function allFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? allFiles(path) : [path];
  });
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

describeWithRealHives("inspect", () => {
  test("Windows 7: two physical adapters, both static, one of them an orphan", () => {
    const result = inspected("system/win7-sp1-x86-esx.hiv");
    expect(result.windows).toMatchObject({ version: "7", build: 7601, controlSet: 1 });
    expect(physical(result)).toMatchObject([
      {
        guid: "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}",
        mode: "static",
        presence: "present",
        mac: { permanent: "00-50-56-A5-12-69", source: "NSI" },
        ipv4: {
          addresses: [{ address: "10.3.58.5", prefixLength: 24 }],
          gateways: [{ address: "10.3.58.1" }],
          dnsServers: ["10.3.58.4"],
        },
      },
      {
        guid: "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}",
        mode: "static",
        presence: "orphan",
        ipv4: {
          addresses: [{ address: "192.168.1.123", prefixLength: 24 }],
          gateways: [{ address: "192.168.1.1" }],
          dnsServers: ["192.168.1.112"],
        },
      },
    ]);
  });

  test("Windows 10 and XP: one physical adapter, on DHCP", () => {
    const mac = { permanent: "00-0C-29-66-1A-A2", source: "NetworkSetup2" };
    expect(physical(inspected("system/win10-21h2-vmware.hiv"))).toMatchObject([{ mode: "dhcp", mac }]);
    expect(physical(inspected("system/xp-sp3-dell.hiv"))).toMatchObject([{ mode: "dhcp" }]);
  });
});

describeWithRealHives("what cannot be used", () => {
  test.each([
    ["system/container-delta.hiv", 22],
    ["system/nt4-dc.hiv", 22],
    ["system/xp-sp3-damaged.hiv", 23],
    ["system/win81-x64-virtualbox-dirty.hiv", 23],
    ["system/win10-1903-vmware-dirty.hiv", 23],
  ] as const)("%s ends with %i, in every command", (name, code) => {
    const hive = realHive(name);
    const before = sha256(hive);
    for (const command of ["inspect", "plan", "verify"]) {
      const { code: found, stdout, stderr } = pint(command, hive);
      expect({ command, found, stdout }).toEqual({ command, found: code, stdout: "" });
      expect(stderr).toMatch(/^pint: .+\n( {2,}.+\n)+exit code \d+: .+\n$/);
    }
    expect(sha256(hive)).toBe(before);
  });

  test("a dirty hive can be forced, and is told to be", () => {
    const { code, stdout } = pint("inspect", realHive("system/win81-x64-virtualbox-dirty.hiv"), "--force", "dirty");
    expect(code).toBe(0);
    expect(stdout).toContain("! forced-dirty: ");
  });
});

describeWithRealHives("whatever a file holds", () => {
  /** Of a file that somebody named: no image, no supported Windows, damaged, or all is well. */
  const ANSWERS = [0, 21, 22, 23];

  function expectAnswer(path: string): void {
    const before = sha256(path);
    for (const words of [["inspect"], ["check"], ["inspect", "--force", "dirty", "--force", "damaged"], ["plan"]]) {
      const [command = "", ...options] = words;
      const { code, stderr } = pint(command, path, ...options);
      expect({ path, words, code, stderr }).toMatchObject({
        code: expect.toSatisfy((one: number) => ANSWERS.includes(one)),
      });
      expect(stderr).not.toContain("internal error");
    }
    expect(sha256(path)).toBe(before);
  }

  test.each(["dirty", "odd"])("%s/: every hive and log gives an answer, and stays as it is", (folder) => {
    const files = allFiles(join(REAL_HIVES, folder));
    expect(files.length).toBeGreaterThan(10);
    for (const path of files) {
      expectAnswer(path);
    }
  });

  test("a hive that was cut off, at any place", () => {
    const bytes = readFileSync(realHive("system/xp-sp3-dell.hiv"));
    const folder = mkdtempSync(join(tmpdir(), "pint-cut-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const end = 4096 + bytes.readUInt32LE(40); // the file may be longer than its base block and its bins
    const sizesBytes = [0, 1, 4, 511, 512, 4095, 4096, 4097, 8192, 100_000, end - 4096, end - 1];
    for (const sizeBytes of sizesBytes) {
      const path = join(folder, `system-${sizeBytes}`);
      writeFileSync(path, bytes.subarray(0, sizeBytes));
      expectAnswer(path);
      expect(pint("check", path).code).not.toBe(0);
    }
  });
});
