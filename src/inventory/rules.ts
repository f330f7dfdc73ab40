/** What an inventory must say so that each of its adapters can be known again, and told from every other. */
import { macField, pciLocationField } from "../document/fields.ts";
import { type DocumentProblem, jsonPath } from "../document/problem.ts";
import { member } from "../document/written.ts";
import type { PciLocation } from "../notation/pci-location.ts";
import type { InventoryAdapter } from "./model.ts";

interface AdapterDraft {
  readonly path: readonly (string | number)[];
  /** A MAC address is written, whether or not it can be read. */
  readonly hasMac: boolean;
  readonly hasModelAndPlace: boolean;
  /** What tells it from others; undefined when there is nothing, or it cannot be read. */
  readonly identity: { readonly mac: string | undefined; readonly place: string | undefined };
}

/** Far above any machine, and low enough to compare each with each. */
export const MAX_ADAPTER_COUNT = 1000;

/** The problems of the document as it is written; the schema's own are not repeated. */
export function inventoryProblems(document: unknown): readonly DocumentProblem[] {
  const adapters = member(document, "adapters");
  if (!Array.isArray(adapters)) return [];
  if (adapters.length === 0) {
    return [
      { path: ["adapters"], message: "must name at least one adapter: with none, every interface would be an orphan" },
    ];
  }
  if (adapters.length > MAX_ADAPTER_COUNT) {
    return [{ path: ["adapters"], message: `names more than ${MAX_ADAPTER_COUNT} adapters: no machine has so many` }];
  }
  const drafts = adapters.map((adapter, index) => draftOf(adapter, ["adapters", index]));
  return [...drafts.flatMap(unknown), ...repeated(drafts)];
}

function draftOf(adapter: unknown, path: AdapterDraft["path"]): AdapterDraft {
  const mac = member(adapter, "mac");
  const written = member(mac, "permanent") ?? member(mac, "current");
  const hardwareIds = member(adapter, "hardwareIds");
  const location = pciLocationField.safeParse(member(adapter, "location"));
  return {
    path,
    hasMac: written !== undefined || (mac !== undefined && typeof mac !== "object"),
    hasModelAndPlace: Array.isArray(hardwareIds) && hardwareIds.length > 0 && member(adapter, "location") !== undefined,
    identity: {
      mac: macField.safeParse(written).data,
      place: location.success ? placeOf(location.data) : undefined,
    },
  };
}

function placeOf({ bus, device, function: part }: PciLocation): string {
  return `${bus},${device},${part}`;
}

function unknown({ path, hasMac, hasModelAndPlace }: AdapterDraft): readonly DocumentProblem[] {
  if (hasMac || hasModelAndPlace) return [];
  return [{ path, message: "cannot be known again: give its MAC address, or its hardwareIds and its location" }];
}

/** One MAC address in two slots exists (hypervisors, cloned cards), and one slot with two MAC addresses (two ports): both alike do not. */
function repeated(drafts: readonly AdapterDraft[]): readonly DocumentProblem[] {
  return drafts.flatMap((draft, index) => {
    const former = drafts.slice(0, index).find((other) => isSame(other.identity, draft.identity));
    return former === undefined
      ? []
      : [
          {
            path: draft.path,
            message: `is a duplicate of ${jsonPath(former.path)}: remove one, or say how they differ`,
          },
        ];
  });
}

/** Of adapters that can be known. */
export function isSameAdapter(left: InventoryAdapter, right: InventoryAdapter): boolean {
  const identity = ({ mac, location }: InventoryAdapter): AdapterDraft["identity"] => ({
    mac: mac.permanent ?? mac.current,
    place: location && placeOf(location),
  });
  return isSame(identity(left), identity(right));
}

function isSame(left: AdapterDraft["identity"], right: AdapterDraft["identity"]): boolean {
  const agree = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other;
  const isAnythingKnown =
    (left.mac !== undefined && right.mac !== undefined) || (left.place !== undefined && right.place !== undefined);
  return isAnythingKnown && agree(left.mac, right.mac) && agree(left.place, right.place);
}
