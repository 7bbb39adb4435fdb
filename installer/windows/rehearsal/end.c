/* Ends every process of this name as the task manager does: with 1. */
#include <wchar.h>
#include <windows.h>
#include <tlhelp32.h>

int wmain(int count, wchar_t **words) {
    PROCESSENTRY32W found = {.dwSize = sizeof found};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    int ended = 0;
    for (BOOL more = Process32FirstW(all, &found); more && count > 1; more = Process32NextW(all, &found)) {
        if (_wcsicmp(found.szExeFile, words[1]) == 0) {
            HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, found.th32ProcessID);
            ended += TerminateProcess(process, 1);
        }
    }
    return ended ? 0 : 1;
}
