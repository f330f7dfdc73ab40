@echo off
rem Takes the task and pint.exe away again; the profile, its copies and the log stay in ProgramData.
rem   uninstall.cmd              run as administrator
rem Exit codes: 0 done, 1 not done.
setlocal
rem A capture that is under way would keep pint.exe in use.
schtasks /End /TN "\PINT\Capture" >nul 2>nul
if exist "%ProgramFiles%\PINT\pint.exe" del /f "%ProgramFiles%\PINT\pint.exe"
if exist "%ProgramFiles%\PINT\pint.exe" goto failed
if exist "%ProgramFiles%\PINT" rmdir "%ProgramFiles%\PINT"

schtasks /Query /TN "\PINT\Capture" >nul 2>nul
if errorlevel 1 goto done
schtasks /Delete /TN "\PINT\Capture" /F
if errorlevel 1 goto failed

:done
echo The task is gone; the saved profile stays in %ProgramData%\PINT.
exit /b 0

:failed
echo Not removed: run this as administrator, and see the message above.
exit /b 1
