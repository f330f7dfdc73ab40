@echo off
rem Takes the task and pint.exe away again; the profile, its copies and the log stay in ProgramData.
rem   uninstall.cmd              run as administrator
rem Exit codes: 0 done, 1 not done.
setlocal
schtasks /Query /TN "\PINT\Capture" >nul 2>nul
if errorlevel 1 goto program
schtasks /End /TN "\PINT\Capture" >nul 2>nul
schtasks /Delete /TN "\PINT\Capture" /F
if errorlevel 1 goto failed

:program
if exist "%ProgramFiles%\PINT\pint.exe" del /f "%ProgramFiles%\PINT\pint.exe"
if exist "%ProgramFiles%\PINT\pint.exe" goto failed
rmdir "%ProgramFiles%\PINT" 2>nul
echo The task is gone; the saved profile stays in %ProgramData%\PINT.
exit /b 0

:failed
echo Not removed: run this as administrator, and see the message above.
exit /b 1
