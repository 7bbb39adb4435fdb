/* Says its number and holds a file open, shared with nobody, until the file `let-go` lies in the folder TOLD; with a
   second word it only asks whether another does (1). */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
    wchar_t path[1100];
    const wchar_t *told = _wgetenv(L"TOLD");
    if (count < 2 || told == NULL) {
        return 2;
    }
    HANDLE file = CreateFileW(words[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return 1;
    }
    if (count > 2) {
        return 0;
    }
    printf("%lu\n", GetCurrentProcessId());
    fflush(stdout);
    swprintf(path, 1100, L"%ls\\held", told);
    CloseHandle(CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    swprintf(path, 1100, L"%ls\\let-go", told);
    while (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES) {
        Sleep(50);
    }
    return 0;
}
