/** What capture tells beside the profile. */
import { expect, test } from "vitest";
import { captureImage } from "../../src/apply/capture.ts";
import { phonyImage } from "../support/phony-images.ts";
import { nsiIpv6Address } from "../support/phony-registry.ts";
import { editOnDisk, imageOptions, NOW, SILENT } from "./support.ts";

const NSI = "ControlSet001\\Control\\Nsi\\{eb004a01-9b1a-11d4-9123-0050047759bc}";

test("what cannot be read is no setting of the profile, and capture itself says so", () => {
  const { root, hive } = phonyImage("ipv6-10");
  const options = { ...imageOptions(root), save: "nowhere", now: NOW } as const;
  expect(captureImage(options, SILENT).warnings.map(({ code }) => code)).not.toContain("left-out-at-capture");
  editOnDisk(hive, (edit) => {
    for (const [name, { data }] of Object.entries(nsiIpv6Address(1, "2001:db8::77", { origins: [9, 9] })))
      edit.setValue(`${NSI}\\10`, `0000000180000600${name.slice(16)}`, 3, data);
  });
  const { warnings } = captureImage(options, SILENT);
  expect(warnings.filter(({ code }) => code === "left-out-at-capture")).toMatchObject([
    { message: expect.stringContaining("2001:db8::77") },
  ]);
});
