/** The saved network configuration of one machine: what capture writes, a person edits, and a plan reads. */
import type * as z from "zod";
import type { DeepReadonly } from "../document/deep-readonly.ts";
import type { connectionSchema, profileSchema } from "./schema.ts";

type WrittenConnection = DeepReadonly<z.output<typeof connectionSchema>>;

/** What apply does with a connection: give its settings to an adapter, make the adapter DHCP, or nothing. */
export type ApplyChoice = NonNullable<WrittenConnection["apply"]>;

/** A connection with everything filled in that a person may leave out. */
export interface ProfileConnection extends Omit<WrittenConnection, "number" | "apply" | "ipv4"> {
  /** Counted from 1; what `--map` and people call it. */
  readonly number: number;
  readonly apply: ApplyChoice;
  readonly ipv4: Omit<WrittenConnection["ipv4"], "mode"> & { readonly mode: "static" | "dhcp" };
}

export interface Profile extends Omit<DeepReadonly<z.output<typeof profileSchema>>, "connections"> {
  readonly connections: readonly ProfileConnection[];
}
