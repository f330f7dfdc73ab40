/** Where this repository is, for scripts that may be started from anywhere. */
import { fileURLToPath } from "node:url";

export const REPOSITORY: string = fileURLToPath(new URL("..", import.meta.url));
