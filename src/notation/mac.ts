/** MAC addresses: every notation is read, `00-50-56-A5-12-69` is written. */
import type { Brand } from "../bytes/brand.ts";

export type MacAddress = Brand<string, "MacAddress">;
