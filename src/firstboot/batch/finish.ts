/** The subroutines that end a run: the result, the event log, and the service's removal. */
import type { FirstBootDocument } from "../document.ts";
import { SERVICE_NAME } from "../service.ts";
import { IF_ABSENT } from "./common.ts";
import { IF_FAILED } from "./programs.ts";

const NEW = '>>"%RESULT%.new" echo';

/** %1 state, %2 whether the service is gone, %3 the reason. Written beside and renamed, so that there is always a whole one. */
export function resultSubroutine({ id, tool, pending }: FirstBootDocument): readonly string[] {
  const last = pending.length - 1;
  return [
    "rem %1: the state, %2: whether the service is gone, %3: why",
    ":result",
    'set "RESTART=false"',
    'if defined MOVED set "RESTART=true"',
    '>"%RESULT%.new" echo {"pintFirstBootResult":1,',
    `${NEW} "id":"${id}","tool":"${tool}",`,
    `${NEW} "state":"%~1","reason":"%~3","attempt":%ATTEMPT%,"removed":%~2,"restart":%RESTART%,"sources":[`,
    ...pending.flatMap(({ connection: { number } }, index) => {
      const end = index === last ? "" : ",";
      const start = `"number":${number},"outcome":"%OUTCOME_${number}%","reason":"%REASON_${number}%"`;
      return [
        `if defined GUID_${number} ${NEW} {${start},"target":"%GUID_${number}%"}${end}`,
        `if not defined GUID_${number} ${NEW} {${start}}${end}`,
      ];
    }),
    `${NEW} ]}`,
    'move /y "%RESULT%.new" "%RESULT%" >nul 2>nul',
    `${IF_FAILED} call :log "The result could not be written."`,
    "goto :eof",
    "",
  ];
}

export const FINISH_SUBROUTINES: readonly string[] = [
  "rem %1: INFORMATION or WARNING, %2: a number, %3: a sentence",
  ":event",
  "call :log %3",
  '%EVENTCREATE% /l APPLICATION /t %1 /id %2 /so "PINT first boot" /d %3 >nul 2>nul',
  "goto :eof",
  "",
  "rem A service that is marked for deletion is gone at the next start of Windows, before services are started.",
  ":remove",
  'set "KEPT="',
  'set "REMOVED=false"',
  'call :there "%SERVICE%"',
  `${IF_ABSENT} goto removed`,
  `${IF_FAILED} goto kept`,
  `%SC% delete ${SERVICE_NAME} >nul 2>nul`,
  'call :there "%SERVICE%"',
  `${IF_ABSENT} goto removed`,
  'call :value "%SERVICE%" DeleteFlag FLAG',
  "if defined FLAG goto removed",
  '%REG% delete "%SERVICE%" /f >nul 2>nul',
  'call :there "%SERVICE%"',
  `${IF_ABSENT} goto removed`,
  "rem What cannot be told to be there is not written: it would be there again.",
  `${IF_FAILED} goto kept`,
  '%REG% add "%SERVICE%" /v Start /t REG_DWORD /d 4 /f >nul 2>nul',
  `${IF_FAILED} goto kept`,
  'call :log "The service could not be removed, and is not started again."',
  "goto :eof",
  ":removed",
  'set "REMOVED=true"',
  "goto :eof",
  ":kept",
  'set "KEPT=1"',
  'call :log "The service could not be removed."',
  "goto :eof",
  "",
  ":restart",
  "if not defined MOVED goto :eof",
  'call :log "Windows is restarted."',
  "%SHUTDOWN% -r -t 10 >nul 2>nul",
  `${IF_FAILED} call :log "Windows could not be restarted; its settings count from the next start."`,
  "goto :eof",
  "",
];
