@echo off
rem What WinPE runs at its start when it has no winpeshl.ini: plug and play and the network, then pint.
wpeinit
call "%SystemDrive%\PINT\pint-auto.cmd"
