/** Interface GUIDs as Windows writes them, `{698E50A9-4F58-4D86-B61D-F42E58DCACF6}`; compared without case, written in upper case. */
import type { Brand } from "../bytes/brand.ts";

export type Guid = Brand<string, "Guid">;
