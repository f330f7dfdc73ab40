/** The command that adds a driver to an image is one that can be typed as it stands, whatever the image's path is. */
import { expect, test } from "vitest";
import { driverWarning } from "../../src/apply/drivers/warnings.ts";
import type { ImageLocation } from "../../src/image/locate.ts";

test.each<[path: string, kind: ImageLocation["kind"], image: string]>([
  ["D:\\", "folder", "D:\\"],
  ["E:\\mnt\\server-1.old", "folder", "E:\\mnt\\server-1.old"],
  ["E:\\My Images\\one", "folder", '"E:\\My Images\\one"'],
  ["E:\\My Images\\", "folder", '"E:\\My Images"'],
  ["E:\\a&b\\\\", "folder", '"E:\\a&b"'],
  ["E:\\Bäume", "folder", '"E:\\Bäume"'],
  ["/mnt/my image", "folder", "D:\\"],
])("%s", (path, kind, image) => {
  const driver = { adapter: {}, verdict: "missing", reason: "none" } as const;
  const location: ImageLocation = { path, kind, hivePath: "SYSTEM", links: [] };
  const message = driverWarning(driver, ["source 1"], location, "10")?.message;
  expect(message).toContain(`: dism /Image:${image} /Add-Driver /Driver:PATH /Recurse (`);
  expect(message).toContain("PATH being the folder with its INF file");
});
