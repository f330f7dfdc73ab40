@echo off
rem Runs "pint apply --auto" in WinPE with a log, restarts on success, and otherwise stops for a person.
rem   pint-auto.cmd     pint.exe lies beside this file. So may profiles, drivers\*.inf, which are loaded first, and
rem                     pint-options.txt, whose first line is added to pint's command line.
rem It ends with pint's exit code. It uses what every WinPE has: cmd.exe, wpeutil and drvload.
setlocal enableextensions disabledelayedexpansion
set "PINT=%~dp0pint.exe"
if exist "%PINT%" goto prepare
echo pint.exe is not beside %~f0
exit /b 1

:prepare
wpeutil WaitForRemovableStorage >nul
rem wimboot has this file in WinPE's own System32, whose folder drivers is not ours.
if /i not "%~dp0"=="%SystemRoot%\System32\" if exist "%~dp0drivers\" for /r "%~dp0drivers" %%f in (*.inf) do call :load "%%f"
set "OPTIONS="
if exist "%~dp0pint-options.txt" for /f "usebackq delims=" %%o in ("%~dp0pint-options.txt") do if not defined OPTIONS set "OPTIONS=%%o"

rem The log goes where it stays: into the folder PINT of a stick, from the first line on. Without one it is written here, in
rem memory, and put into the image afterwards.
:run
set "LOG="
for %%d in (C D E F G H I J K L M N O P Q R S T U V W X Y Z) do if not defined LOG call :try %%d
set "STAYS=yes"
if not defined LOG set "STAYS="
if not defined LOG set "LOG=%~dp0pint-winpe.log"
if defined STAYS if exist "%~dp0pint-winpe.log" call :append "%~dp0pint-winpe.log" "%LOG%"
"%PINT%" apply --auto --log "%LOG%" %OPTIONS%
set "CODE=%errorlevel%"
call :read
for %%c in (0 25 26 27 28 30) do if "%CODE%"=="%%c" if not defined STAYS if not defined ACCEPTED call :keep
set "AGAIN="
for %%c in (0 27) do if "%CODE%"=="%%c" call :mark

set "WHAT=this is no exit code of pint: it was ended from outside, or it cannot run in this WinPE, which must be an x64 one"
set "ADVICE=Nothing is known of the image: look at it before its Windows starts (pint inspect, pint check)."
if "%CODE%"=="0" set "WHAT=done, already so, or nothing to do" & set "ADVICE=This machine restarts."
if "%CODE%"=="1" set "WHAT=a fault of pint itself" & set "ADVICE=Please report it with the log. pint verify tells whether the image is as it was meant."
if "%CODE%"=="2" set "WHAT=the command line is wrong" & set "ADVICE=Look at pint-options.txt, and whether the log's volume takes writes. Nothing was done."
if "%CODE%"=="20" set "WHAT=a profile, inventory, plan, receipt or answer file is not valid" & set "ADVICE=The message names the file and the place in it. Correct it and try again."
if "%CODE%"=="21" set "WHAT=no image or no profile, or more than one" & set "ADVICE=The message lists what was found. Put the profile into the folder PINT of a stick, or name the image: pint apply D:\"
if "%CODE%"=="22" set "WHAT=this Windows is not supported" & set "ADVICE=It has to be configured by hand after its start."
if "%CODE%"=="23" set "WHAT=the hive is damaged, or dirty without usable logs" & set "ADVICE=pint check tells more. Do not start this Windows without a backup of its volume."
if "%CODE%"=="24" set "WHAT=refused for safety; nothing was changed" & set "ADVICE=The message says which danger, and what to do about it."
if "%CODE%"=="25" set "WHAT=some sources have no target" & set "ADVICE=The report names them. Add the adapter or its driver, or pair by hand (pint plan D:\ shows how), and try again."
if "%CODE%"=="26" set "WHAT=some sources wait for an adapter that Windows has not met yet, or for their static IPv6" & set "ADVICE=What could be moved was. Start this Windows once on this machine, and then run this again; static IPv6 is set in Windows. Or have pint.exe and nssm.exe on the medium: the first start does it."
if "%CODE%"=="27" set "WHAT=the rest is arranged for the first boot" & set "ADVICE=This machine restarts."
if "%CODE%"=="28" set "WHAT=what was read differs from what was meant, or undo left a change" & set "ADVICE=pint verify shows the differences, pint undo takes the run back."
if "%CODE%"=="29" set "WHAT=a write failed, or another program changed the hive meanwhile; the image is as before" & set "ADVICE=Look at the disk (chkdsk) and try again."
if "%CODE%"=="30" set "WHAT=a write failed after the point of commit; the next load or the next run completes it" & set "ADVICE=Try again now: that completes it."
if "%CODE%"=="31" set "WHAT=something did not end within its time" & set "ADVICE=No disk with a Windows came: load its driver (drvload), unlock it (manage-bde), or wait longer (--wait)."
if "%CODE%"=="130" set "WHAT=interrupted" & set "ADVICE=Try again."
if defined ACCEPTED set "WHAT=it was %ACCEPTED%, which --accept takes for success: look into the log"
if defined AGAIN set "ADVICE=This machine was restarted for this already, and WinPE came again: take its medium out, or put the disk first in the boot order."
set "RESTARTS="
for %%c in (0 27) do if "%CODE%"=="%%c" if not defined AGAIN set "RESTARTS=yes"
set "MEMORY=copy it before this machine restarts"
if defined RESTARTS set "MEMORY=lost with this restart"

echo.
echo pint ended with exit code %CODE%: %WHAT%.
echo %ADVICE%
if defined STAYS echo Log: %LOG%
if not defined STAYS echo Log: %LOG% - in memory only: %MEMORY%.
if defined RESTARTS goto restart

rem An end of the input looks like an empty line: not for ever.
set "EMPTY="
:menu
echo.
echo   1  try again
echo   2  command prompt (exit leads back here)
echo   3  restart this machine
set "ANSWER="
set /p "ANSWER=1, 2 or 3: "
if not defined ANSWER goto nothing
set "EMPTY="
rem A quotation mark would end the comparisons.
set "ANSWER=%ANSWER:"=%"
if "%ANSWER%"=="1" goto run
if "%ANSWER%"=="2" goto prompt
if "%ANSWER%"=="3" goto leave
goto menu
:nothing
set "EMPTY=%EMPTY%."
if not "%EMPTY%"=="...................." goto menu
exit /b %CODE%

:prompt
cmd.exe /k cd /d "%~dp0."
goto menu

rem A stick that has come meanwhile takes the log that is in memory.
:leave
if defined STAYS goto restart
set "MEMORYLOG=%LOG%"
set "LOG="
for %%d in (C D E F G H I J K L M N O P Q R S T U V W X Y Z) do if not defined LOG call :try %%d
if defined LOG if exist "%MEMORYLOG%" call :append "%MEMORYLOG%" "%LOG%"
if defined LOG if not exist "%MEMORYLOG%" echo Log: %LOG%

:restart
wpeutil reboot
if "%errorlevel%"=="0" exit /b %CODE%
echo wpeutil could not restart this machine.
goto menu

rem ---- %1: a driver that is to be loaded
:load
drvload %1
if "%errorlevel%"=="0" exit /b 0
echo The driver %1 could not be loaded; going on without it.
exit /b 0

rem ---- %1: a letter. Nothing is written to a volume with a Windows before pint has seen whether that only sleeps.
:try
if /i "%1:"=="%SystemDrive%" exit /b 0
if not exist "%1:\PINT\" exit /b 0
if exist "%1:\Windows\System32\config\SYSTEM" exit /b 0
if exist "%1:\WINNT\System32\config\SYSTEM" exit /b 0
copy /y "%~f0" "%1:\PINT\pint-write-test.tmp" >nul 2>nul
if not "%errorlevel%"=="0" exit /b 0
del "%1:\PINT\pint-write-test.tmp"
set "LOG=%1:\PINT\pint-winpe.log"
exit /b 0

rem ---- What the log says of this run: the hive, and the code that --accept took for success. Later lines win.
:read
set "HIVE="
set "ACCEPTED="
set "KEPT="
if not exist "%LOG%" exit /b 0
for /f "usebackq tokens=1-4" %%a in ("%LOG%") do (
  if "%%a"=="<![LOG[pint" set "HIVE=" & set "ACCEPTED="
  if "%%a"=="<![LOG[opened" set "HIVE=%%b"
  if "%%a %%b %%d"=="<![LOG[exit code is" set "ACCEPTED=%%c"
)
if defined HIVE set "KEPT=%HIVE:\System32\config\SYSTEM=%\PINT"
exit /b 0

rem ---- pint's guards have let the image pass: the log is added to the one in its Windows\PINT.
:keep
if not defined KEPT exit /b 0
if not exist "%KEPT%\" mkdir "%KEPT%"
call :append "%LOG%" "%KEPT%\pint-winpe.log"
if exist "%LOG%" exit /b 0
set "LOG=%KEPT%\pint-winpe.log"
set "STAYS=yes"
exit /b 0

rem ---- %1 is added to %2 and goes. A redirection that fails leaves errorlevel as it was: hence the 1 before it.
:append
cmd.exe /c exit 1
type %1 >>%2
if not "%errorlevel%"=="0" exit /b 1
del %1
exit /b 0

rem ---- The image remembers for which receipts the machine was restarted, the newest of the hive and the newest of an answer
rem file: for the same two it is not restarted again. Of the accepted codes only these say that the image may be written to.
:mark
set "MAY="
for %%c in (25 26 28) do if "%ACCEPTED%"=="%%c" set "MAY=yes"
if defined ACCEPTED if not defined MAY exit /b 0
if not defined KEPT exit /b 0
set "NEWEST=none"
for /f "delims=" %%r in ('dir /b /on "%KEPT%\receipts\*.json" 2^>nul') do set "NEWEST=%%r"
set "ANSWERS=none"
for /f "delims=" %%r in ('dir /b /on "%KEPT%\receipts\answer-files\*.json" 2^>nul') do set "ANSWERS=%%r"
set "NEWEST=%NEWEST% %ANSWERS%"
set "FORMER="
if exist "%KEPT%\pint-restarted.txt" for /f "usebackq delims=" %%r in ("%KEPT%\pint-restarted.txt") do set "FORMER=%%r"
if "%FORMER%"=="%NEWEST%" set "AGAIN=yes"
if defined AGAIN exit /b 0
if not exist "%KEPT%\" mkdir "%KEPT%"
rem A name that somebody gave a copy may have a bracket.
for /f "delims=" %%r in ("%NEWEST%") do (>"%KEPT%\pint-restarted.txt" echo %%r) 2>nul
exit /b 0
