/** Any error as a Failure: whatever ends a start of Windows, it is counted, told and has an end. */
import { Failure } from "../../exit/failure.ts";
import { explainSystemError, systemErrorCode } from "../../image/system-error.ts";

const NOT_PERMITTED: readonly string[] = ["EROFS", "EACCES", "EPERM"];

/** The error itself is the cause: refused (24) or writeFailed (29) where the system refuses something, else internal (1), as the command line says of a fault of its own. */
export function asEnd(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return fault(error);
  const at = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : undefined;
  return new Failure(
    NOT_PERMITTED.includes(code) ? "refused" : "writeFailed",
    `The system refuses what the first boot needs: ${at === undefined ? "" : `${at}: `}${explainSystemError(error)}`,
    {
      at,
      code: "system-error",
      advice: "run it as administrator (the service runs as SYSTEM), with some room on the volume of Windows",
      cause: error,
    },
  );
}

function fault(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const at = error instanceof Error ? error.stack : undefined;
  return new Failure("internal", `This is a fault of pint, not of this Windows: ${message}`, {
    at,
    code: "internal-error",
    advice: "please report it, with these lines",
    cause: error,
  });
}
