/** A virtual function whose traffic goes through a synthetic adapter: the two are one connection, and the synthetic one has its settings. */
import { macsOfAdapter } from "./relation.ts";
import type { MatchedConnection } from "./model.ts";

/** Hyper-V's synthetic adapter is on VMBUS, and the function that speeds it up on PCI, both with one address (Microsoft, "Overview of Single Root I/O Virtualization"). */
const SYNTHETIC = /^VMBUS\\/i;

/** Whether `matched` is a virtual function that stands behind a synthetic adapter which is not gone. */
export function isShareOf(matched: MatchedConnection, connections: readonly MatchedConnection[]): boolean {
  if (matched.connection.adapter?.kind !== "sr-iov-function") return false;
  const own = macsOfAdapter(matched.connection);
  return connections.some(
    ({ connection, presence }) =>
      connection !== matched.connection &&
      presence.verdict !== "orphan" &&
      SYNTHETIC.test(connection.adapter?.instanceId ?? "") &&
      macsOfAdapter(connection).some((mac) => own.includes(mac)),
  );
}
