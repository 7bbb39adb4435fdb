@echo off
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
for %%V in (3.11 3.12 3.13) do (
  py -%%V -c "import venv, ensurepip" >nul 2>nul && (
    py -%%V -B "%~dp0bootstrap.py" run %*
    exit /b
  )
)
python -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && (
  python -B "%~dp0bootstrap.py" run %*
  exit /b
)
echo Python 3.11, 3.12 or 3.13 (64-bit) was not found. Install it, then start this file again.
exit /b 1
