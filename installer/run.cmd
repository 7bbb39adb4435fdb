@echo off
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHON=
set "OWN=%LOCALAPPDATA%\Programs\Python\Python311\python.exe"
call :find 3.11
if not defined PYTHON call :install
if not defined PYTHON call :find 3.12
if not defined PYTHON call :find 3.13
if not defined PYTHON call :other
if not defined PYTHON (
  echo Python 3.11, 3.12 or 3.13 ^(64-bit^) was not found. Install it, then start this file again.
  echo Without a network: put python-3.11.9-amd64.exe of python.org into the folder "wheelhouse".
  call :stay
  exit /b 1
)
%PYTHON% -B "%~dp0bootstrap.py" run %*
set CODE=%errorlevel%
if not %CODE%==0 call :stay
exit /b %CODE%

:stay
rem After a double click the window would be gone before anybody has read it. Delayed: a folder
rem named like "D:\party (1) & co" would end the line otherwise.
setlocal EnableDelayedExpansion
set "LINE=!cmdcmdline!"
if /i not "!LINE:/c=!"=="!LINE!" pause
exit /b 0

:find
py -%1 -c "import sys, venv, ensurepip; sys.exit(sys.maxsize < 2**32)" >nul 2>nul
if %errorlevel%==0 set "PYTHON=py -%1"
exit /b 0

:other
python -c "import sys, venv, ensurepip; sys.exit(sys.maxsize < 2**32 or not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul
if %errorlevel%==0 set "PYTHON=python"
exit /b 0

:install
if exist "%OWN%" goto installed
for /f "delims=" %%F in ('dir /b "%~dp0..\wheelhouse\python-3.11*-amd64.exe" 2^>nul') do (
  echo Installing Python for this user, without administrator, from the folder "wheelhouse" ...
  start "" /wait "%~dp0..\wheelhouse\%%F" /quiet InstallAllUsers=0 InstallLauncherAllUsers=0 Include_test=0 Include_doc=0 AssociateFiles=0 Shortcuts=0
)
:installed
if not exist "%OWN%" exit /b 0
"%OWN%" -c "import venv, ensurepip" >nul 2>nul
if %errorlevel%==0 set PYTHON="%OWN%"
exit /b 0
