/** Whether a script was started itself, or only imported by another or by a test. */
import { pathToFileURL } from "node:url";

/** Give it `import.meta.url`. */
export function isMainModule(url: string): boolean {
  const started = process.argv[1];
  return started !== undefined && url === pathToFileURL(started).href;
}
