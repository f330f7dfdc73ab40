/** The edit that is measured alone: ten values, each a text of nineteen characters, into a key that every Windows has. */
import { encodeUtf16 } from "../../src/bytes/utf16.ts";

const TEXT = "nineteen characters";

export const TEN_VALUES = {
  key: "ControlSet001\\Services\\Tcpip\\Parameters",
  names: Array.from({ length: 10 }, (_, index) => `bench ${index}`),
  text: TEXT,
  data: encodeUtf16(`${TEXT}\0`),
} as const;
