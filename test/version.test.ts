/** The version that the program says is the package's. */
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { VERSION } from "../src/version.ts";

test("the program's version is the package's", () => {
  expect(VERSION).toBe(packageJson.version);
});
