/** What helps where the running registry cannot be read: an inventory document, which its reader would advise, is of no use there. */
import { Failure } from "../exit/failure.ts";

const ADVICE =
  "run it as administrator (what Windows starts by itself runs as SYSTEM), with some ten MiB free for temporary files";

export function withAdviceForLive<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure) || (error.at === undefined && error.code !== "registry-not-readable")) throw error;
    throw new Failure(error.exit, error.message, { at: error.at, code: error.code, advice: ADVICE, cause: error });
  }
}
