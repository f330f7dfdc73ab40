/** What is wrong with a .reg text, with the file and the line. */
import { Failure } from "../exit/failure.ts";

/** Where the parser is: what the text is called, and the line counted from 1. */
export interface TextPlace {
  readonly name: string;
  readonly line: number;
}

export function regTextFailure(place: TextPlace, message: string, advice?: string): Failure {
  return new Failure("invalidDocument", `${place.name} is not valid .reg text: ${message}`, {
    at: `${place.name}:${place.line}`,
    advice,
    code: "invalid-reg-text",
  });
}
