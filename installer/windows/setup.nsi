; The set-up for Windows: for the user alone, without an administrator, without a network.
; make_setup.py gives VERSION, NUMBERS, SOURCE (the whole version folder), LAY, LONGEST, SIZE, ICON, OUT.
; Everything that matters is done by lay.exe; this puts the files beside what is there, calls it, and
; makes short cuts and entries of the registry once it has said yes.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
CRCCheck force
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
SetDateSave on
AllowSkipFiles off
SetOverwrite on

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh

!define TITLE "党支部工作台"
!define PRODUCT "dangjian-desktop"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define CLASSES "Software\Classes"
!define TYPE "DangjianDesktop.Library"
!define LONGEST_PATH 259
!define REPLACE 11 ; MOVEFILE_REPLACE_EXISTING, COPY_ALLOWED, WRITE_THROUGH

Name "${TITLE} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} ${VERSION} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_DIRECTORYPAGE_TEXT_TOP "不需要管理员权限，也不需要网络。已经装有的版本先留着，新版本在这台电脑上自检通过以后才换上；资料库、备份和设置不受影响。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckPlace
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\dangjian-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删去程序和它的快捷方式。资料库、备份、设置和日志都留着。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Staged
Var Older
Var Before
Var Words
Var Code

; ---- telling ---------------------------------------------------------------------------------------

!macro TELLING un
Function ${un}Note ; writes $Words with the time
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  Push $6
  Push $7
  CreateDirectory "$LOCALAPPDATA\${PRODUCT}\Logs"
  ClearErrors
  FileOpen $0 "$LOCALAPPDATA\${PRODUCT}\Logs\setup.log" a
  ${IfNot} ${Errors}
    FileSeek $0 0 END
    ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7
    FileWriteUTF16LE /BOM $0 "$3-$2-$1 $5:$6:$7 ${VERSION} $Words$\r$\n"
    FileClose $0
  ${EndIf}
  Pop $7
  Pop $6
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

Function ${un}Stop ; tells $Words with code and log, ends with $Code
  StrCpy $Words "$Words$\r$\n代码 $Code。"
  Call ${un}Note
  SetErrorLevel $Code
  MessageBox MB_OK|MB_ICONSTOP "$Words$\r$\n日志：$LOCALAPPDATA\${PRODUCT}\Logs\setup.log" /SD IDOK
  Quit
FunctionEnd

Function ${un}Untouched ; adds to $Words what there is now
  ${If} ${FileExists} "$INSTDIR\current"
    StrCpy $Words "$Words原来的版本没有动，可以照常使用。"
  ${ElseIf} "${un}" == ""
    StrCpy $Words "$Words没有装上，这台电脑上别的东西没有动。"
  ${EndIf}
FunctionEnd

Function ${un}ReadWords ; what lay.exe said, in $Words
  Push $0
  Push $1
  StrCpy $Words ""
  ClearErrors
  FileOpen $0 "$PLUGINSDIR\words.txt" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $0 $1
      ${If} ${Errors}
        ${Break}
      ${EndIf}
      StrCpy $Words "$Words$1"
    ${Loop}
    FileClose $0
  ${EndIf}
  ${If} $Words == ""
    StrCpy $Words "没有完成（lay.exe 没有运行起来，可能被杀毒软件拦住了）。"
    Call ${un}Untouched
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd

Function ${un}OnlyOne ; two at once would be in each other's way
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${PRODUCT}-setup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    StrCpy $Words "另一个安装或卸载正在进行，请等它结束再试。"
    StrCpy $Code 4
    Call ${un}Stop
  ${EndIf}
FunctionEnd
!macroend

!insertmacro TELLING ""
!insertmacro TELLING "un."

; ---- laying ----------------------------------------------------------------------------------------

Function .onInit
  Call OnlyOne
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    StrCpy $Words "这台电脑的 Windows 太旧：需要 64 位的 Windows 10（1809）或更新的版本。没有改动任何东西。"
    StrCpy $Code 2
    Call Stop
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/OLDER" $1
  ${IfNot} ${Errors}
    StrCpy $Older "--older"
  ${EndIf}
FunctionEnd

Function WrongPlace ; in $Words what is wrong with the place, or nothing; in $Code how
  StrCpy $Words ""
  StrCpy $Code 3
  StrLen $0 "$INSTDIR"
  IntOp $1 ${LONGEST_PATH} - ${LONGEST}
  ${If} $0 > $1
    StrCpy $Code 12
    StrCpy $Words "这个位置的路径太长（$0 个字，最多 $1 个），Windows 打不开其中的文件。请换一个短一些的位置。没有改动任何东西。"
  ${ElseIf} $0 < 4
    StrCpy $Words "请选一个文件夹，不要直接放在磁盘的最上面。没有改动任何东西。"
  ${ElseIf} ${FileExists} "$INSTDIR\portable"
    StrCpy $Words "这个文件夹里是便携版，不用安装：双击其中的 dangjian-desktop.exe 就能打开。要装在这台电脑上的，请另选一个文件夹。没有改动任何东西。"
  ${EndIf}
FunctionEnd

Function CheckPlace
  Call WrongPlace
  ${If} $Words != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$Words"
    Abort
  ${EndIf}
FunctionEnd

Function Room ; refused early what would fail late
  StrCpy $1 "$INSTDIR" 3
  ${DriveSpace} "$1" "/D=F /S=K" $0
  ${IfNot} ${Errors}
    System::Int64Op $0 < ${SIZE}
    Pop $2
    ${If} $2 = 1
      IntOp $3 ${SIZE} / 1024
      StrCpy $Words "磁盘空间不足：$1 需要 $3 MB。请腾出空间再试。"
      Call Untouched
      StrCpy $Code 5
      Call Stop
    ${EndIf}
  ${EndIf}
FunctionEnd

Function Extract
  ; A name of its own: lay.exe of a set-up that was killed may still be at work in another.
  System::Call 'kernel32::GetCurrentProcessId() i .r0'
  StrCpy $Staged "$INSTDIR\versions\.new.s$0"
  RMDir /r "$Staged"
  ClearErrors
  CreateDirectory "$Staged"
  ${If} ${Errors}
    StrCpy $Words "无法在“$INSTDIR”中写入，请检查权限。没有改动任何东西。"
    StrCpy $Code 3
    Call Stop
  ${EndIf}
  SetOutPath "$Staged"
  ClearErrors
  File /r "${SOURCE}/*"
  ${If} ${Errors}
    SetOutPath "$PLUGINSDIR"
    RMDir /r "$Staged"
    StrCpy $Words "文件没有全部放好：磁盘空间不足，或被杀毒软件拦住了。"
    Call Untouched
    StrCpy $Code 5
    Call Stop
  ${EndIf}
  ; Windows does not rename a folder that a program works in.
  SetOutPath "$PLUGINSDIR"
FunctionEnd

Function Lay
  DetailPrint "正在核对文件，并在这台电脑上自检，可能要一两分钟，请稍候…"
  nsExec::Exec '"$PLUGINSDIR\lay.exe" put "$INSTDIR" "$Staged" $Older --words "$PLUGINSDIR\words.txt"'
  Pop $Code
  Call ReadWords
  ${If} $Code == "error"
    StrCpy $Code 1
  ${EndIf}
  ${If} $Code <> 0
    RMDir /r "$Staged"
    Call Stop
  ${EndIf}
  Call Note
FunctionEnd

; Made beside it, then put in its place: a file that is broken off is never the one that counts.
!macro REPLACE made place
  System::Call 'kernel32::MoveFileExW(w "${made}", w "${place}", i ${REPLACE}) i .r0'
!macroend

Function ShortCuts
  SetOutPath "$INSTDIR"
  CreateShortcut "$INSTDIR\.new.lnk" "$INSTDIR\dangjian-desktop.exe"
  !insertmacro REPLACE "$INSTDIR\.new.lnk" "$SMPROGRAMS\${TITLE}.lnk"
  ; Whoever has taken it from the desk is not given it again.
  ${If} $Before == ""
    CreateShortcut "$INSTDIR\.new.lnk" "$INSTDIR\dangjian-desktop.exe"
    !insertmacro REPLACE "$INSTDIR\.new.lnk" "$DESKTOP\${TITLE}.lnk"
  ${EndIf}
  SetOutPath "$PLUGINSDIR"
FunctionEnd

Function FileType
  WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "党支部资料库"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\dangjian-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\dangjian-desktop.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.dangjian" "" "${TYPE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function Register
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\dangjian-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ; Last: it says that all of it is there.
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
FunctionEnd

Section
  InitPluginsDir
  Call WrongPlace
  ${If} $Words != ""
    Call Stop
  ${EndIf}
  Call Room
  File "/oname=$PLUGINSDIR\lay.exe" "${LAY}"
  Call Extract
  Call Lay
  ReadRegStr $Before HKCU "${UNINSTALL}" "InstallLocation"
  WriteUninstaller "$INSTDIR\.uninstall.exe.new"
  !insertmacro REPLACE "$INSTDIR\.uninstall.exe.new" "$INSTDIR\uninstall.exe"
  Call ShortCuts
  Call FileType
  Call Register
  SetErrorLevel 0
SectionEnd

; ---- taking off ------------------------------------------------------------------------------------

Function un.onInit
  Call un.OnlyOne
FunctionEnd

Function un.TakeOff
  nsExec::Exec '"$PLUGINSDIR\lay.exe" remove "$INSTDIR" --words "$PLUGINSDIR\words.txt"'
  Pop $Code
  Call un.ReadWords
  ${If} $Code == "error"
    StrCpy $Code 1
  ${EndIf}
  ${If} $Code <> 0
    Call un.Stop
  ${EndIf}
  StrCpy $Words "已卸载。资料库、备份和设置没有动：您保存的 .dangjian 文件，和“$LOCALAPPDATA\${PRODUCT}”。"
  Call un.Note
FunctionEnd

Function un.Unregister
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 == "$INSTDIR"
  ${OrIf} $0 == ""
    Delete "$SMPROGRAMS\${TITLE}.lnk"
    Delete "$DESKTOP\${TITLE}.lnk"
    ReadRegStr $1 HKCU "${CLASSES}\.dangjian" ""
    ${If} $1 == "${TYPE}"
      DeleteRegKey HKCU "${CLASSES}\.dangjian"
    ${EndIf}
    DeleteRegKey HKCU "${CLASSES}\${TYPE}"
    DeleteRegKey HKCU "${UNINSTALL}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${EndIf}
FunctionEnd

Section "Uninstall"
  InitPluginsDir
  File "/oname=$PLUGINSDIR\lay.exe" "${LAY}"
  Call un.TakeOff
  Call un.Unregister
  Delete "$INSTDIR\.new.lnk"
  Delete "$INSTDIR\.uninstall.exe.new"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  SetErrorLevel 0
  MessageBox MB_OK|MB_ICONINFORMATION "$Words" /SD IDOK
SectionEnd
