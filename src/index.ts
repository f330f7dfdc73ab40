/** The library's public face: what is exported here stays, everything else may change. */

// The operations of the command line, with plain options and plain results: for a program that does what pint does.
export { applyImage, type ApplyOptions } from "./apply/apply.ts";
export { captureImage, type CaptureOptions } from "./apply/capture.ts";
export { captureLive, type LiveCaptureOptions } from "./apply/capture-live.ts";
export { applyAuto, type ApplyAutoOptions } from "./apply/auto/apply-auto.ts";
export { checkImage } from "./apply/check.ts";
export { findImages, type FindOptions } from "./apply/find.ts";
export { inspectImage, type InspectOptions } from "./apply/inspect.ts";
export { takeInventory, type InventoryOptions } from "./apply/inventory.ts";
export { planImage, type PlanImageOptions } from "./apply/plan.ts";
export { editProfile, type ProfileEditOptions } from "./apply/profile-edit.ts";
export { listProfile } from "./apply/profile-list.ts";
export type { LiveCaptureResult, ProfileEditResult, ProfileListResult } from "./apply/profile-results.ts";
export type { AnswerFileTarget } from "./apply/answer-file/prepare.ts";
export type { AnswerFileResult } from "./apply/answer-file/result.ts";
export { undoImage, type UndoOptions } from "./apply/undo.ts";
export { verifyImage, type VerifyOptions } from "./apply/verify.ts";
export type {
  ApplyResult,
  CaptureResult,
  ChangedPlace,
  CheckResult as CheckImageResult,
  Difference,
  InspectedConnection,
  InspectResult,
  InventoryResult,
  LeftChange,
  PlanResult,
  UndoResult,
  VerifyResult,
} from "./apply/results.ts";
export type { AutoResult, FindResult, FoundWindows } from "./apply/found-results.ts";
export type { Emit, Event } from "./apply/events.ts";
export type { ImageOptions } from "./apply/open-windows.ts";
export type { PairingOptions, PlanningOptions } from "./apply/planning.ts";
export type { InventorySource } from "./apply/read-inventory.ts";
export type { Host, Machine } from "./image/host.ts";
export type { Clock, Surroundings } from "./image/surroundings.ts";
export { listVolumes } from "./image/volumes/list.ts";
export type { ListedVolume, VolumeLister } from "./image/volumes/listing.ts";
export { THIS_MACHINE } from "./image/machine.ts";
export { FORCE_NAMES, type ForceName } from "./image/force.ts";

// How an operation fails: the operations throw nothing else, unless they are broken themselves.
export { EXIT_CODES, type ExitCode, type ExitName } from "./exit/codes.ts";
export { Failure, type FailureDetails } from "./exit/failure.ts";
export type { Warning } from "./exit/warning.ts";

// The documents: for a program that makes, reads or edits them.
export type { DocumentWarning } from "./document/problem.ts";
export { formatInventory, parseInventory } from "./inventory/document.ts";
export type { Inventory, InventoryAdapter } from "./inventory/model.ts";
export { formatPlan, parsePlan } from "./plan/document.ts";
export type { Outcome, Plan, PlanEnd, PlannedDriver, PlannedSource, Step } from "./plan/model.ts";
export { formatProfile, parseProfile, type ParsedProfile } from "./profile/document.ts";
export type { ApplyChoice, Profile, ProfileConnection } from "./profile/model.ts";

// From a hive to a plan without an image: for a program that has the hive in memory, and for trying things out.
export { matchAdapters } from "./match/match-adapters.ts";
export type { Match, MatchedConnection, Presence } from "./match/model.ts";
export { DEFAULT_PLAN_OPTIONS, type PlanOptions, type PlanRequest } from "./plan/options.ts";
export { planMoves } from "./plan/plan-moves.ts";
export { captureProfile } from "./profile/capture.ts";
export { readWindows } from "./windows/read-windows.ts";
export { readSoftwareFacts } from "./windows/software-facts.ts";
export type { Windows, WindowsAdapter, WindowsConnection } from "./windows/model/windows.ts";

// The hive engine: for whatever else a registry hive is opened for. It knows nothing of Windows' network.
export * from "./regf/index.ts";
export { openFile } from "./storage/file.ts";
export { MemoryStorage } from "./storage/memory.ts";
export { type Storage, StorageError } from "./storage/storage.ts";

export { VERSION } from "./version.ts";
