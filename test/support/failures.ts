/** Catching a Failure, so that a test can look at every part of what a person would be told. */
import { Failure } from "../../src/exit/failure.ts";

/** The Failure that `action` throws; an Error when it throws none, or something else. */
export function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) {
      return error;
    }
    throw error;
  }
  throw new Error("it did not fail");
}
