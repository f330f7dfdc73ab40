/** The engine maps case by its frozen table only: what JavaScript calls upper and lower case changes with Node. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

/** A call of a method that maps or ignores case, or a regular expression that does. Comments name the methods without the dot. */
const CASING =
  /\.(?:to(?:Locale)?(?:Upper|Lower)Case|localeCompare|normalize)\(|\bIntl\.|\/[dgmsuvy]*i[dgmsuvy]*[\s.,;)]/;

/** Compares the ending of a file's name, no key's or value's. */
const FILE_NAMES = ["regf/commit/roles.ts"];

function casingIn(room: string): string[] {
  return readdirSync(join(SOURCES, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${room}/${name.replaceAll("\\", "/")}`)
    .filter((path) => CASING.test(readFileSync(join(SOURCES, path), "utf8")))
    .sort();
}

test.each(["bytes", "storage", "regf"])("%s maps no case by itself", (room) => {
  expect(casingIn(room).filter((path) => !FILE_NAMES.includes(path))).toEqual([]);
});

test("where it is done it is found", () => {
  expect(casingIn("regf")).toEqual(FILE_NAMES);
  expect(casingIn("notation")).toContain("notation/guid.ts");
});
