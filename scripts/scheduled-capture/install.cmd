@echo off
rem Puts pint.exe into Program Files and registers the task that captures this Windows' network configuration.
rem   install.cmd [PINT.EXE]     run as administrator; without a name, the pint.exe beside this file
rem Exit codes: 0 done, 1 not done (the lines above say what failed).
setlocal
set "PINT_EXE=%~1"
if "%PINT_EXE%"=="" set "PINT_EXE=%~dp0pint.exe"
if not exist "%PINT_EXE%" (
  echo %PINT_EXE% is not there: name pint.exe, or put it beside this file
  exit /b 1
)

if not exist "%ProgramFiles%\PINT" mkdir "%ProgramFiles%\PINT"
copy /y "%PINT_EXE%" "%ProgramFiles%\PINT\pint.exe"
if errorlevel 1 goto failed

rem Whoever may write the profile decides what addresses the moved machine gets: administrators and SYSTEM, by their SIDs.
if not exist "%ProgramData%\PINT" mkdir "%ProgramData%\PINT"
icacls "%ProgramData%\PINT" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX
if errorlevel 1 goto failed

schtasks /Create /TN "\PINT\Capture" /XML "%~dp0pint-capture.xml" /F
if errorlevel 1 goto failed

rem Once now, so that there is a profile from the first day.
"%ProgramFiles%\PINT\pint.exe" capture --live --log "%ProgramData%\PINT\capture.log"
if errorlevel 1 goto failed
echo The task \PINT\Capture is registered; the profile is in %ProgramData%\PINT.
exit /b 0

:failed
echo Not installed: run this as administrator, and see the message above.
exit /b 1
