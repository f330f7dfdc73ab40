/** The report of `inspect`: what of a connection is shown, at every detail. */
import { describe, expect, test } from "vitest";
import { humanReport } from "../../src/report/human.ts";
import { inspectView } from "../../src/report/views/inspect.ts";
import { DIRTY, INSPECTED, WARNING } from "./sample-results.ts";

describe("inspect", () => {
  test("shows physical connections whole, the others in a line", () => {
    expect(humanReport(inspectView, INSPECTED, "normal")).toMatchInlineSnapshot(`
      "image     /mnt/win
      hive      /mnt/win/Windows/System32/config/SYSTEM
      Windows   7 Professional, build 7601, WinNT, computer LAB-PC, control set 1
      state     clean
      logs      none

      1  Local Area Connection  {6AAFC9A9-0542-4DB2-8760-CCFFA953737C}
         adapter  Intel(R) PRO/1000 MT Network Connection (disabled, not bound to
                  TCP/IP)
         where    PCI bus 2, device 1, function 0
         kind     Ethernet, hardware (on PCI)
         MAC      00-50-56-A5-12-69 (by the NSI table), now 02-00-00-00-00-01
         orphan   not started since 2011-06-13; the last boot was 2012-04-04
                  (DeviceClasses)
         IPv4     static 192.168.1.123/24 192.168.1.124/24
         IPv6     2001:db8::5/64
         gateway  192.168.1.1
                  192.168.1.2 (metric 20)
                  fe80::1 (metric 20)
         route    2001:db8:1::/48 by fe80::2
         DNS      192.168.1.10, 2001:db8::1
         suffix   example.test
         WINS     192.168.1.11
         NetBIOS  off
         metric   5
         MTU      1400
         DoH      1.1.1.1
         device   IPv6 is unticked
         unread   SubnetMask holds "255.0.255.0", which is not a mask

      not physical, or without an adapter (--verbose shows them whole)
        2  tunnel      dhcp               isatap.example.test
        3  no adapter  static 10.0.0.7/8  {00000000-0000-0000-0000-000000000003}
      "
    `);
  });

  test("--verbose shows every connection whole, with hardware and further values", () => {
    const text = humanReport(inspectView, INSPECTED, "verbose");
    expect(text).toContain("3  (no name)  {00000000-0000-0000-0000-000000000003}");
    expect(text).toContain("   adapter   none: no adapter of the image has this interface any more\n");
    expect(text).toContain("   values    TcpAckFrequency = 1\n");
    expect(text).toContain("PCI\\VEN_8086&CC_020000");
  });

  test("a connection without an adapter is shown whole when something of it could not be read", () => {
    const [orphan, ...others] = INSPECTED.connections;
    const connections = others.map((one) => ({ ...one, unreadable: orphan?.unreadable ?? [] }));
    const text = humanReport(inspectView, { ...INSPECTED, connections }, "normal");
    expect(text.match(/^ +unread .*/gm)).toHaveLength(2);
    expect(text).toContain("\n3  (no name)  {00000000-0000-0000-0000-000000000003}\n");
    expect(text).not.toContain("--verbose shows them whole");
  });

  test("a dirty hive, its logs, its problems and warnings are told, the latter two even when quiet", () => {
    const problems = [{ code: "bad-hint", severity: "warning", at: 4132, message: "The hint is too low" }] as const;
    const result = { ...INSPECTED, hive: { ...DIRTY, problems }, warnings: [WARNING] };
    const text = humanReport(inspectView, result, "normal");
    expect(text.replace(/\s+/g, " ")).toContain(
      [
        " state dirty (sequences 8 and 7): its last changes are in its logs, not yet in the file; here they are replayed in memory",
        "logs SYSTEM.LOG1: HvLE, 2 entries (7 to 8); replayed",
        "replay entries 7 to 8: 3 of 10 pages differ from the file",
        "1 key more, 0 fewer; 2 values more, 1 fewer, 4 other than the file alone says ",
      ].join(" "),
    );
    expect(humanReport(inspectView, result, "quiet")).toMatchInlineSnapshot(`
      "problems of the hive
        warning  bad-hint at 0x1024
                 The hint is too low

      1 warning
        ! gateway-outside-subnet: The gateway 10.9.9.1 is not in 10.3.58.0/24
      "
    `);
  });

  test("an image without a physical adapter says so", () => {
    const connections = INSPECTED.connections.slice(1);
    expect(humanReport(inspectView, { ...INSPECTED, connections }, "normal")).toContain("\nno physical adapter\n");
  });
});
