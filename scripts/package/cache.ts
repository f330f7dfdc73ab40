/** Where packaging keeps what it has fetched and built; deleting it loses only time. */
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";

export const CACHE: string = join(REPOSITORY, "node_modules", ".cache", "pint-package");
