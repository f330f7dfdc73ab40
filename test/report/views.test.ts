/** The whole report of every other command, at every detail. */
import { describe, expect, test } from "vitest";
import type { HiveState } from "../../src/apply/hive-results.ts";
import type { CaptureResult, CheckResult, InventoryResult, UndoResult, VerifyResult } from "../../src/apply/results.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import { humanReport } from "../../src/report/human.ts";
import { applyView } from "../../src/report/views/apply.ts";
import { firstBootLines } from "../../src/report/views/first-boot.ts";
import type { FirstBootSummary } from "../../src/apply/first-boot/result.ts";
import { captureView } from "../../src/report/views/capture.ts";
import { checkView } from "../../src/report/views/check.ts";
import { inventoryView } from "../../src/report/views/inventory.ts";
import { planView } from "../../src/report/views/plan.ts";
import { undoView } from "../../src/report/views/undo.ts";
import { verifyView } from "../../src/report/views/verify.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { APPLIED, DIRTY, IMAGE, PLANNED, WARNING } from "./sample-results.ts";

describe("plan", () => {
  test("shows every change, every source and every warning, and the exit code last", () => {
    expect(humanReport(planView, PLANNED, "normal")).toMatchInlineSnapshot(`
      "plan for  /mnt/win
      written   nothing: this is only a plan

      3 registry changes in 2 keys
        ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{698e50a9-4f58-4d86-b61d-f42e58dcacf6}
          set IPAddress: (none) -> REG_MULTI_SZ 10.3.58.5
          delete Lease: REG_DWORD 86400 -> (none)
        ControlSet001\\Services\\{698E50A9-4F58-4D86-B61D-F42E58DCACF6}
          create this key

      2 sources: 1 moved, 1 unplaced
        [moved]    1 Local Area Connection (10.3.58.5/24; 00-50-56-A5-12-69)
                   -> 4 Ethernet0 (Intel(R) 82574L)
                   the adapters have the same permanent MAC address
        [unplaced] 2 Backup (192.168.1.123/24)
                   no DHCP adapter of the new machine is left
                   do: --inventory FILE tells what the new machine has, --map
                       SOURCE=TARGET names the target, --exclude SOURCE leaves it out

      1 warning
        ! gateway-outside-subnet: The gateway 10.9.9.1 is not in 10.3.58.0/24

      exit code 25: some sources have no target
      "
    `);
  });

  test("quiet shows what would not be moved", () => {
    expect(humanReport(planView, PLANNED, "quiet")).toMatchInlineSnapshot(`
      "  [unplaced] 2 Backup (192.168.1.123/24)
                   no DHCP adapter of the new machine is left
                   do: --inventory FILE tells what the new machine has, --map
                       SOURCE=TARGET names the target, --exclude SOURCE leaves it out

      1 warning
        ! gateway-outside-subnet: The gateway 10.9.9.1 is not in 10.3.58.0/24

      exit code 25: some sources have no target
      "
    `);
  });

  test("with nothing to do says that the image stays as it is", () => {
    const plan = { ...PLANNED.plan, sources: [], steps: [], warnings: [], exitCode: 0 } as const;
    const text = humanReport(planView, { ...PLANNED, plan, exitCode: 0 }, "normal");
    expect(text).toContain("no sources: nothing to move\n  the image stays as it is\n");
    expect(text).not.toContain("exit code");
  });
});

describe("apply", () => {
  test("shows what was written, where the receipt is, and how to take it back", () => {
    expect(humanReport(applyView, APPLIED, "normal")).toMatchInlineSnapshot(`
      "image    /mnt/win
      hive     /mnt/win/Windows/System32/config/SYSTEM
      written  3 registry changes in 2 keys
      receipt  /mnt/win/Windows/PINT/receipts/2026-01-02T03-04-05Z.json
      undo     pint undo /mnt/win

      2 sources: 1 moved, 1 unplaced
        [moved]    1 Local Area Connection (10.3.58.5/24; 00-50-56-A5-12-69)
                   -> 4 Ethernet0 (Intel(R) 82574L)
                   the adapters have the same permanent MAC address
        [unplaced] 2 Backup (192.168.1.123/24)
                   no DHCP adapter of the new machine is left
                   do: --inventory FILE tells what the new machine has, --map
                       SOURCE=TARGET names the target, --exclude SOURCE leaves it out

      1 warning
        ! gateway-outside-subnet: The gateway 10.9.9.1 is not in 10.3.58.0/24

      exit code 25: some sources have no target
      "
    `);
  });

  test("--verbose adds every change", () => {
    expect(humanReport(applyView, APPLIED, "verbose")).toContain(
      "    set IPAddress: (none) -> REG_MULTI_SZ 10.3.58.5\n",
    );
  });

  test("that wrote nothing says so, and offers no undo", () => {
    const text = humanReport(
      applyView,
      { ...APPLIED, written: false, receipt: null, steps: [], exitCode: 0 },
      "normal",
    );
    expect(text).toContain("written  nothing: there was nothing to change\n");
    expect(text).not.toContain("undo");
  });

  test("that completed an earlier run says so, and offers to take that back", () => {
    const completed = "2026-01-02T03:04:05.000Z";
    const text = humanReport(applyView, { ...APPLIED, completed, steps: [], exitCode: 0 }, "normal");
    expect(text).toContain("written  the rest of the run of 2026-01-02T03:04:05.000Z, which had been");
    expect(text).toContain("undo     pint undo /mnt/win\n");
  });

  test("the undo that it offers can be typed", () => {
    const image = { ...IMAGE, path: "/mnt/my windows" };
    expect(humanReport(applyView, { ...APPLIED, image }, "normal")).toContain('undo     pint undo "/mnt/my windows"\n');
  });

  test("quiet and all moved says nothing at all", () => {
    const result = { ...APPLIED, sources: APPLIED.sources.slice(0, 1), warnings: [], exitCode: 0 } as const;
    expect(humanReport(applyView, result, "quiet")).toBe("");
  });
});

describe("a first boot", () => {
  const over: FirstBootSummary = {
    state: "ran",
    id: "0".repeat(32),
    way: null,
    arrangedAt: null,
    folder: "/mnt/win/Windows/PINT/first-boot",
    attempts: null,
    sources: [],
    problems: [],
    result: {
      pintFirstBootResult: 1,
      id: "0".repeat(32),
      tool: "pint-offline 0.1.0",
      at: "2026-01-02T03:04:05.000Z",
      state: "gave-up",
      reason: "no adapter came",
      attempt: 5,
      removed: true,
      restart: true,
      sources: [
        { number: 1, name: "LAN", outcome: "moved", reason: "by its MAC address", target: "Ethernet 2" },
        { number: 2, outcome: "pending", reason: "its adapter did not come" },
      ],
      warnings: [{ code: "w", message: "something to know" }],
    },
    log: "/mnt/win/Windows/PINT/first-boot.log",
  };

  test("that is over is told with its result", () => {
    expect(firstBootLines(over, "normal").join("\n")).toMatchInlineSnapshot(`
      "
      first boot
         state      over: it has removed itself
         result     gave-up (start 5 at 2026-01-02T03:04:05.000Z): no adapter came;
                    Windows was restarted, the service is gone
         2 sources  source 1 ("LAN"): moved -> Ethernet 2: by its MAC address
                    source 2: pending: its adapter did not come
         warnings   something to know
         log        /mnt/win/Windows/PINT/first-boot.log"
    `);
  });

  test("that is not whole says what is wanting", () => {
    const broken: FirstBootSummary = {
      ...over,
      state: "incomplete",
      result: null,
      problems: ["pint.exe is not there"],
      attempts: { made: 2, limit: null },
    };
    const text = firstBootLines(broken, "verbose").join("\n");
    expect(text).toContain("NOT whole");
    expect(text).toContain("wanting  pint.exe is not there");
    expect(text).toContain("waited through 2");
  });
});

describe("verify", () => {
  const sound: VerifyResult = {
    image: IMAGE,
    against: { kind: "receipt", path: "/r.json" },
    sources: [],
    differences: [],
    firstBoot: null,
    warnings: [],
    exitCode: 0,
  };

  test("says against what, and that all is well", () => {
    expect(humanReport(verifyView, sound, "normal")).toMatchInlineSnapshot(`
      "image    /mnt/win
      hive     /mnt/win/Windows/System32/config/SYSTEM
      against  the receipt of the last run /r.json
      result   as it was meant
      "
    `);
  });

  test("names each difference, when quiet too", () => {
    const differences = [
      {
        message: "The value is another one",
        key: "A\\B",
        name: "EnableDHCP",
        meant: { type: "REG_DWORD", data: 0 },
        found: null,
      },
      { message: "The key is not there", key: "A\\C" },
    ] as const;
    const result = { ...sound, differences, exitCode: 28 } as const;
    expect(humanReport(verifyView, result, "quiet")).toMatchInlineSnapshot(`
      "2 differences
        - A\\B
            EnableDHCP: meant REG_DWORD 0, found (none)
        - A\\C
            The key is not there

      exit code 28: what was read differs from what was meant, or undo left a change
      "
    `);
    expect(humanReport(verifyView, result, "normal")).toContain("result   NOT as it was meant\n");
  });
});

describe("undo", () => {
  const exact: UndoResult = {
    image: { path: "/x/SYSTEM", kind: "hive", hive: "/x/SYSTEM" },
    receipt: "/x/SYSTEM.pint-receipts/1.json",
    appliedAt: "2026-01-02T03:04:05Z",
    run: "apply",
    way: "bit-for-bit",
    written: true,
    restored: ["SYSTEM", "SYSTEM.LOG2"],
    removed: ["SYSTEM.LOG1"],
    steps: [],
    already: [],
    left: [],
    completed: null,
    undoReceipt: null,
    hiveSha256: { before: "1".repeat(64), after: "0".repeat(64) },
    warnings: [],
    exitCode: 0,
  };
  const byValue: UndoResult = {
    ...exact,
    way: "by-value",
    restored: [],
    removed: [],
    steps: [{ kind: "delete-value", key: "A\\B", name: "x", was: { type: "REG_DWORD", data: 1 } }],
    already: [{ key: "A\\B", name: "y" }],
    left: [
      {
        key: "A\\B",
        name: "",
        reason: "Something else has written it since",
        now: { type: "REG_DWORD", data: 3 },
        wrote: { type: "REG_DWORD", data: 2 },
        was: null,
      },
      { key: "A\\C", reason: "The run deleted this key, and now A is not there any more" },
    ],
    undoReceipt: "/x/SYSTEM.pint-receipts/2.json",
    exitCode: 28,
  };

  test("shows what was restored and what was removed", () => {
    expect(humanReport(undoView, exact, "normal")).toMatchInlineSnapshot(`
      "image     /x/SYSTEM
      undone    the run of 2026-01-02T03:04:05Z, bit for bit
      receipt   /x/SYSTEM.pint-receipts/1.json
      restored  SYSTEM
                SYSTEM.LOG2
      removed   SYSTEM.LOG1
      "
    `);
    expect(humanReport(undoView, exact, "verbose")).toContain(`hash is   ${"0".repeat(64)}\n`);
    expect(humanReport(undoView, exact, "quiet")).toBe("");
    expect(humanReport(undoView, { ...exact, run: "undo" }, "normal")).toContain(
      "undone    the undo of 2026-01-02T03:04:05Z (",
    );
    expect(humanReport(undoView, { ...exact, written: false }, "normal")).toMatchInlineSnapshot(`
      "image       /x/SYSTEM
      to undo     the run of 2026-01-02T03:04:05Z, bit for bit
      receipt     /x/SYSTEM.pint-receipts/1.json
      written     nothing: this is only a dry run
      to restore  SYSTEM
                  SYSTEM.LOG2
      to remove   SYSTEM.LOG1
      "
    `);
  });

  test("value by value, shows what is left and why, at every detail", () => {
    expect(humanReport(undoView, byValue, "normal")).toMatchInlineSnapshot(`
      "image      /x/SYSTEM
      undone     the run of 2026-01-02T03:04:05Z, value by value: something else has
                 written since
      receipt    /x/SYSTEM.pint-receipts/1.json
      written    1 registry change in 1 key
      as before  1 change already
      undo this  pint undo /x/SYSTEM --receipt /x/SYSTEM.pint-receipts/2.json

      2 changes left alone
        - A\\B
            (Default): Something else has written it since: now REG_DWORD 3, the run
            wrote REG_DWORD 2, before it (none)
        - A\\C
            The run deleted this key, and now A is not there any more

      exit code 28: what was read differs from what was meant, or undo left a change
      "
    `);
    const quiet = humanReport(undoView, byValue, "quiet");
    expect(quiet).toMatch(/^2 changes left alone\n/);
    expect(quiet).toContain("before it (none)");
    expect(humanReport(undoView, byValue, "verbose")).toContain("delete x: REG_DWORD 1 -> (none)");
  });

  test.each<[string, Partial<UndoResult>, string]>([
    [
      "a dry run lists what it would do",
      { written: false },
      "nothing: this is only a dry run (1 registry change in 1 key)",
    ],
    [
      "an undo that was completed",
      { completed: "2026-01-03T00:00:00Z" },
      "the rest of the undo of 2026-01-03T00:00:00Z",
    ],
    ["nothing stands", { written: false, steps: [] }, "nothing: no change of that run stands any more"],
    ["all is as before", { written: false, steps: [], left: [] }, "nothing: everything is as it was before that run"],
  ])("%s", (_what, changed, text) => {
    expect(humanReport(undoView, { ...byValue, ...changed }, "normal")).toContain(text);
  });
});

describe("check", () => {
  const sound: CheckResult = {
    image: { path: "/x/SYSTEM", hive: "/x/SYSTEM" },
    hive: { version: "1.5", dirty: false, sequences: { primary: 9, secondary: 9 }, logs: [], replay: null },
    forcing: null,
    problems: [],
    counts: { keys: 1200, values: 1 },
    warnings: [],
    exitCode: 0,
  };

  test("a sound hive", () => {
    expect(humanReport(checkView, sound, "normal")).toMatchInlineSnapshot(`
      "hive     /x/SYSTEM
      version  1.5
      state    clean
      logs     none
      checked  1200 keys, 1 value
      result   sound
      "
    `);
    expect(humanReport(checkView, sound, "quiet")).toBe("");
  });

  test("a damaged one: every problem with its place", () => {
    const problems = [
      { code: "dangling-cell", severity: "fatal", at: 4132, message: "The cell lies outside the bins" },
      { code: "bad-hint", severity: "warning", at: 32, message: "The hint is too low" },
    ] as const;
    expect(humanReport(checkView, { ...sound, problems, exitCode: 23 }, "normal")).toMatchInlineSnapshot(`
      "hive     /x/SYSTEM
      version  1.5
      state    clean
      logs     none
      checked  1200 keys, 1 value
      result   DAMAGED: 1 fatal

      2 problems
        fatal    dangling-cell at 0x1024
                 The cell lies outside the bins
        warning  bad-hint at 0x20
                 The hint is too low

      exit code 23: the hive is damaged, or dirty without usable logs
      "
    `);
  });

  test("one that is no hive at all has no version, and nothing was checked", () => {
    const text = humanReport(checkView, { ...sound, hive: null }, "normal");
    expect(text).not.toContain("version");
    expect(text).toContain("checked  nothing: it cannot be opened\n");
  });

  test("verbose: what the replay changes, by name", () => {
    const result = { ...sound, hive: { ...DIRTY, version: "1.5" } };
    expect(humanReport(checkView, result, "verbose")).toContain(
      `\nwhat the replay changes\n${[
        "  key more     ControlSet001\\New",
        "  value other  Select | Current",
        "  value fewer  Select | (Default)",
      ].join("\n")}\n`,
    );
    expect(humanReport(checkView, result, "normal")).not.toContain("what the replay changes");
  });

  test("a replay that cannot be compared with the file says why", () => {
    const replay = { ...DIRTY.replay, difference: null, notCompared: "The file is truncated" } as HiveState["replay"];
    expect(humanReport(checkView, { ...sound, hive: { ...DIRTY, version: null, replay } }, "normal")).toContain(
      "what that means for keys and values is not known: The file is\n         truncated\n",
    );
  });

  test("a dirty hive that no log completes: what forcing it would lose, even when quiet", () => {
    const loses = ["SYSTEM.LOG1 holds 3 entries (3 to 5)", "As it stands the hive has 5 keys"];
    const result = {
      ...sound,
      hive: { ...DIRTY, version: "1.5", replay: null, logs: [] },
      forcing: { counts: { keys: 5, values: 2, fatal: 0, warnings: 0 }, loses },
      problems: [{ code: "dirty-without-logs", severity: "fatal", at: 4, message: "It was not written" }],
      counts: { keys: 0, values: 0 },
      exitCode: 23,
    } as const;
    expect(humanReport(checkView, result, "normal")).toMatchInlineSnapshot(`
      "hive     /x/SYSTEM
      version  1.5
      state    dirty (sequences 8 and 7), and no log completes it
      logs     none
      checked  nothing: it cannot be opened
      result   DIRTY: without its logs it is not used, unless --force dirty says so

      1 problem
        fatal    dirty-without-logs at 0x4
                 It was not written

      what --force dirty would lose
        - SYSTEM.LOG1 holds 3 entries (3 to 5)
        - As it stands the hive has 5 keys

      exit code 23: the hive is damaged, or dirty without usable logs
      "
    `);
    expect(humanReport(checkView, result, "quiet")).toContain("  - SYSTEM.LOG1 holds 3 entries (3 to 5)\n");
  });

  test("of very many problems the fatal ones are listed first, and what is not listed is counted", () => {
    const remark = { code: "bad-hint", severity: "warning", at: 32, message: "The hint is too low" } as const;
    const fatal = { ...remark, severity: "fatal", code: "bad-cell-size" } as const;
    const result = { ...sound, problems: [...Array(30).fill(remark), ...Array(15).fill(fatal)], exitCode: 23 } as const;
    const text = humanReport(checkView, result, "quiet");
    expect(text.match(/fatal /g)).toHaveLength(15);
    expect(text.match(/warning /g)).toHaveLength(5);
    expect(text).toContain("\n  and 25 more (--verbose or --json lists them all)\n");
    expect(humanReport(checkView, result, "verbose").match(/warning /g)).toHaveLength(30);
  });

  test("remarks are not damage", () => {
    const problems = [{ code: "bad-hint", severity: "warning", at: 32, message: "The hint is too low" }] as const;
    expect(humanReport(checkView, { ...sound, problems }, "normal")).toContain(
      "sound, with remarks that Windows tolerates",
    );
  });
});

test("capture shows what was saved, where, and what kept aside", () => {
  const empty = { ipv6: NO_IPV6, netbios: { winsServers: [] }, raw: {} };
  const ipv4 = {
    mode: "static",
    addresses: [{ address: "10.3.58.5", prefixLength: 24 }],
    gateways: [],
    dnsServers: [],
  } as const;
  const result: CaptureResult = {
    image: IMAGE,
    profile: {
      pintProfile: 1,
      connections: [
        {
          ...empty,
          number: 1,
          name: "LAN",
          apply: "move",
          mac: { permanent: "00-50-56-A5-12-69" as MacAddress, user: [] },
          ipv4,
        },
        { ...empty, number: 2, apply: "skip", note: "an orphan", mac: { user: [] }, ipv4 },
      ],
    },
    text: "{}\n",
    savedTo: "/mnt/win/Windows/PINT/profile.json",
    formerKeptAs: "/mnt/win/Windows/PINT/profile-before-2026.json",
    warnings: [WARNING],
    exitCode: 0,
  };
  expect(humanReport(captureView, result, "normal")).toMatchInlineSnapshot(`
    "image     /mnt/win
    hive      /mnt/win/Windows/System32/config/SYSTEM
    saved to  /mnt/win/Windows/PINT/profile.json
    former    the profile that stood there is kept as
              /mnt/win/Windows/PINT/profile-before-2026.json

    2 connections
      1 LAN: static 10.3.58.5/24
        MAC 00-50-56-A5-12-69; to be moved
      2 (no name): static 10.3.58.5/24
        MAC unknown; to be left alone: an orphan

    1 warning
      ! gateway-outside-subnet: The gateway 10.9.9.1 is not in 10.3.58.0/24
    "
  `);
});

test("inventory shows each adapter", () => {
  const result: InventoryResult = {
    inventory: {
      origin: "new-machine.json",
      adapters: [
        {
          description: "Intel(R) 82574L",
          mac: { permanent: "00-0C-29-66-1A-A2" as MacAddress, current: "02-00-00-00-00-01" as MacAddress },
          hardwareIds: ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00", "PCI\\VEN_8086&DEV_10D3"],
          location: { bus: 3, device: 0, function: 0 },
        },
        { mac: {}, hardwareIds: [], instanceId: "PCI\\X\\1" },
      ],
      notes: ["eth9 is a bridge: left out"],
    },
    text: "{}\n",
    savedTo: null,
    exitCode: 0,
  };
  expect(humanReport(inventoryView, result, "quiet")).toBe("notes\n  ! eth9 is a bridge: left out\n");
  expect(humanReport(inventoryView, result, "normal")).toMatchInlineSnapshot(`
    "from      new-machine.json
    adapters  2 network adapters

    1  Intel(R) 82574L
       MAC       00-0C-29-66-1A-A2, now 02-00-00-00-00-01
       where     PCI bus 3, device 0, function 0
       hardware  PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00

    2  (no description)
       MAC       unknown
       instance  PCI\\X\\1

    notes
      ! eth9 is a bridge: left out
    "
  `);
});

test("inventory says how each thing is known", () => {
  const result: InventoryResult = {
    inventory: {
      origin: "this machine (WinPE's registry, saved by reg.exe)",
      adapters: [
        {
          description: "Intel(R) 82574L (Ethernet)",
          mac: { permanent: "00-0C-29-66-1A-A2" as MacAddress },
          hardwareIds: ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00", "PCI\\VEN_8086&DEV_10D3"],
          location: { bus: 3, device: 0, function: 0 },
          locationPaths: ["PCIROOT(0)#PCI(1500)#PCI(0000)"],
          instanceId: "PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200",
          known: {
            mac: "registry, NetworkSetup2",
            hardwareIds: "registry, Enum",
            location: "registry, Enum (LocationInformation)",
            instanceId: "registry, Enum; a serial number",
            presence: "it is up",
          },
        },
      ],
    },
    text: "{}\n",
    savedTo: "inventory.json",
    exitCode: 0,
  };
  expect(humanReport(inventoryView, result, "normal")).toMatchInlineSnapshot(`
    "from      this machine (WinPE's registry, saved by reg.exe)
    saved to  inventory.json
    adapters  1 network adapter

    1  Intel(R) 82574L (Ethernet)
       MAC       00-0C-29-66-1A-A2 (registry, NetworkSetup2)
       where     PCI bus 3, device 0, function 0 (registry, Enum
                 (LocationInformation))
       instance  PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200 (registry, Enum; a serial
                 number)
       hardware  PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00
       here      it is up
    "
  `);
  const verbose = humanReport(inventoryView, result, "verbose");
  expect(verbose).toContain("PCIROOT(0)#PCI(1500)#PCI(0000)");
  expect(verbose).toMatch(/known by +registry, Enum\n/);
});
