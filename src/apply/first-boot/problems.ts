/** What is wanting with a first boot that an image holds, and whether it can be counted on. */
import type { FirstBootDocument } from "../../firstboot/document.ts";
import { batchName, documentName, FIRST_BOOT_PROGRAMS } from "../../firstboot/places.ts";
import { arrangedDocument, hasEnded, type PresentFirstBoot } from "./present.ts";

/** The first words of a sentence that refuses, too. */
export const CUT_SHORT =
  "a start of Windows was cut short while the first boot wrote: some of its values stand, and the next start takes them back or finishes them";

/** Sentences; none where the next start of Windows begins with it, as it was arranged. */
export function problemsOf(present: PresentFirstBoot): string[] {
  const { service, document, names, areGoing, isRegistered, openChanges } = present;
  if (service === undefined) {
    return isRegistered ? ["the service is not in the control set that Windows uses now, only in another"] : [];
  }
  const has = (name: string): boolean => names.some((one) => one.toUpperCase() === name.toUpperCase());
  const { id } = service;
  const programs = Object.values(FIRST_BOOT_PROGRAMS);
  const own = id === undefined ? [] : [documentName(id), ...(service.way === "batch" ? [batchName(id)] : [])];
  const wanted = [...own, ...(service.way === "program" ? programs : [])];
  const isOther = document !== undefined && document.sha256 !== service.documentSha256;
  return [
    ...wanted.filter((name) => !has(name)).map((name) => `${name} is not there`),
    ...(service.isStarted ? [] : ["the service is disabled: Windows does not start it"]),
    ...usedUp(present),
    ...(service.isGoing ? ["the service is marked for deletion: Windows does not start it again"] : []),
    ...(areGoing
      ? ["Windows deletes files of it at its next start, before it could begin (PendingFileRenameOperations)"]
      : []),
    ...(isOther ? ["its document is not the one that the service was registered with"] : []),
    ...(id === undefined ? ["the service does not say which document it goes by"] : []),
    ...(openChanges.length === 0 ? [] : [CUT_SHORT]),
  ];
}

/** After a cut in the writing it has as many again. */
function usedUp({ service, document, openChanges }: PresentFirstBoot): string[] {
  const limit = document?.document.attempts;
  const isUsedUp = limit !== undefined && openChanges.length === 0 && (service?.attempts ?? 0) >= limit;
  return isUsedUp ? [`its ${limit} starts of Windows are used up: the next one only removes it`] : [];
}

/** As `arrangedDocument`, but undefined also where the next start of Windows would not begin with it, or find it concluded. */
export function servingDocument(present: PresentFirstBoot | undefined): FirstBootDocument | undefined {
  const isOver = present === undefined || hasEnded(present) || problemsOf(present).length > 0;
  return isOver ? undefined : arrangedDocument(present);
}
