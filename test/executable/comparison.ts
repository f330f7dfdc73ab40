/** What is compared of two runs, and how one's paths are spelled as the other's: nothing but what must differ is passed over. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** When the run was, by what it says of itself or by the newest receipt; any moment where nothing depends on it. */
export function momentOf(output: string, root: string): string {
  const receipts = filesBelow(root)
    .filter((file) => /receipts\/.*\.json$/.test(file))
    .sort();
  const newest = receipts.at(-1);
  const text = /"at": "\d/.test(output) || newest === undefined ? output : readFileSync(join(root, newest), "utf8");
  return /"at": "(\d{4}-[\d:.T-]+Z)"/.exec(text)?.[1] ?? "2026-02-01T21:30:00.000Z";
}

/** Paths below the folder as they are called on drive D: in JSON, where a backslash is two. */
export function asOnDrive(text: string, folder: string): string {
  return text.replaceAll(new RegExp(`${folder}(/[^\\s":,]*)?`, "g"), (_, path: string | undefined) =>
    path === undefined ? "D:\\\\" : `D:${path.replaceAll("/", "\\\\")}`,
  );
}

/** Without what Windows alone says: that it tells of a read-only volume only who writes; and, because Wine's icacls does nothing, that receipts may be read; and without a plan's seal, in which the path is. */
export function comparable(json: string): string {
  const { seal: _ofThePath, ...document } = JSON.parse(json, (key, value: unknown) =>
    key === "warnings" && Array.isArray(value)
      ? value.filter(({ code }) => code !== "not-checked-read-only-volume" && code !== "receipts-readable")
      : value,
  );
  return JSON.stringify(document, null, 2);
}

/** Every file below the folder, documents as `spell` spells their paths, and everything else in hexadecimal. */
export function filesOf(folder: string, spell: (text: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesBelow(folder).map((file) => {
      const bytes = readFileSync(join(folder, file));
      return [file, file.endsWith(".json") ? relaid(spell(bytes.toString("utf8"))) : bytes.toString("hex")];
    }),
  );
}

/** Documents break their lines by the length of what is in them, and one path is longer than another. */
function relaid(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
