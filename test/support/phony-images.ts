/** Phony Windows images for tests, built from fixtures/ into a folder of their own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { IMAGES } from "../../scripts/fixtures/images.ts";
import { type FixtureName, imageParts } from "../../scripts/fixtures/parts.ts";
import { buildFixture } from "../../scripts/fixtures.ts";

export interface PhonyImagePaths {
  /** The Windows volume's root. */
  readonly root: string;
  /** Its SYSTEM hive. */
  readonly hive: string;
}

/** Built anew for the running test, and removed when it ends. */
export function phonyImage(name: FixtureName): PhonyImagePaths {
  const root = mkdtempSync(join(tmpdir(), `pint-${name}-`));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  buildFixture(name, root);
  return { root, hive: join(root, ...IMAGES[imageParts(name).image].hive.split("/")) };
}
