/** The subroutines that find the connection of a MAC address: by what getmac says, else by what Windows keeps of its adapters. */
import type { Guid } from "../../notation/guid.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import { NETWORK_SETUP2_INTERFACES_KEY, NSI_NDIS_INTERFACES_KEY } from "../../windows/registry-paths.ts";
import { live } from "./live-keys.ts";

/** How the registry of a family is asked for an adapter without link, which getmac gives no GUID; XP and 2003 keep no MAC address there. */
type Keeper = "network-setup" | "nsi" | undefined;

function keeperOf(family: WindowsFamily): Keeper {
  if (family === "xp") return undefined;
  return family === "10" ? "network-setup" : "nsi";
}

/** Calls that look for a MAC address, written `00-50-56-A5-12-69`; what they find is in FOUND, and SEVERAL when it is not one. */
export function findCalls(mac: string, family: WindowsFamily): readonly string[] {
  const keeper = keeperOf(family);
  const hex = mac.replaceAll("-", "");
  return [
    `for /f "tokens=1,2 delims=," %%A in ('%GETMAC% /fo csv /nh 2^>nul') do if /i "%%~A"=="${mac}" call :candidate "%%~B"`,
    ...(keeper === undefined ? [] : [`if not defined FOUND call :by_${keeper.replace("-", "_")} ${hex}`]),
  ];
}

/** `known`: interfaces that were there before the adapter that is waited for. */
export function findSubroutines(family: WindowsFamily, known: readonly Guid[]): readonly string[] {
  const keeper = keeperOf(family);
  if (keeper === undefined) return candidate(known);
  return [...(keeper === "nsi" ? BY_NSI : BY_NETWORK_SETUP), ...candidate(known)];
}

/**
 * What ends in a GUID is a connection when it has an interface that DHCP or a person has configured; everything else is passed over. So is
 * the interface of an adapter that is gone: where the new machine was given its MAC address, the registry names both.
 */
const candidate = (known: readonly Guid[]): readonly string[] => [
  "rem %1: a text that ends in a GUID, or one that says that there is none",
  ":candidate",
  'set "TEXT=%~1"',
  'set "CANDIDATE=%TEXT:~-38%"',
  'if not "%CANDIDATE:~0,1%%CANDIDATE:~-1%"=="{}" goto :eof',
  ...known.map((guid) => `if /i "%CANDIDATE%"=="${guid}" goto :eof`),
  'call :value "%INTERFACES%\\%CANDIDATE%" EnableDHCP MODE',
  "if not defined MODE goto :eof",
  'if not defined FOUND set "FOUND=%CANDIDATE%"',
  'if /i not "%FOUND%"=="%CANDIDATE%" set "SEVERAL=1"',
  "goto :eof",
  "",
];

/** Windows 10: a value of six bytes in a key below the GUID's. */
const BY_NETWORK_SETUP = [
  "rem %1: a MAC address, 12 hex digits",
  ":by_network_setup",
  'for %%V in (PermanentAddress CurrentAddress) do call :network_setup_value %%V "%~1"',
  "goto :eof",
  "",
  ":network_setup_value",
  'set "KEY="',
  `for /f "tokens=1,2,3" %%A in ('%REG% query "${live(NETWORK_SETUP2_INTERFACES_KEY)}" /s /v %1 2^>nul') do call :network_setup_line "%%A" "%%B" "%%C" "%~2"`,
  "goto :eof",
  "",
  ":network_setup_line",
  'if "%~2"=="" set "KEY=%~1"',
  'if not "%~2"=="REG_BINARY" goto :eof',
  'if /i not "%~3"=="%~4" goto :eof',
  "rem The key ends with \\{GUID}\\Kernel.",
  'call :candidate "%KEY:~0,-7%"',
  "goto :eof",
  "",
];

/** Vista to 8.1: NSI's table of interfaces, a record of bytes each. Places are as in src/windows/mac/nsi-interfaces.ts, two hex digits a byte. */
const BY_NSI = [
  "rem %1: a MAC address, 12 hex digits",
  ":by_nsi",
  `for /f "tokens=1,2,3" %%A in ('%REG% query "${live(NSI_NDIS_INTERFACES_KEY)}" 2^>nul') do if "%%B"=="REG_BINARY" call :nsi_record "%%C" "%~1"`,
  "goto :eof",
  "",
  ":nsi_record",
  'set "HEX=%~1"',
  'if /i not "%HEX:~2180,12%"=="%~2" if /i not "%HEX:~2248,12%"=="%~2" goto :eof',
  'set "HEX=%HEX:~2080,32%"',
  'set "FIRST=%HEX:~6,2%%HEX:~4,2%%HEX:~2,2%%HEX:~0,2%"',
  'call :candidate "{%FIRST%-%HEX:~10,2%%HEX:~8,2%-%HEX:~14,2%%HEX:~12,2%-%HEX:~16,4%-%HEX:~20,12%}"',
  "goto :eof",
  "",
];
