/* Waits for a window of ours that has been shown, writes how large it is to the file `window` in
   the folder TOLD, and closes it as a person does. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

static BOOL CALLBACK look_at(HWND window, LPARAM given) {
    wchar_t title[300] = L"";
    GetWindowTextW(window, title, 300);
    if (IsWindowVisible(window) && wcsstr(title, L"党支部工作台") != NULL) {
        *(HWND *)given = window;
        return FALSE;
    }
    return TRUE;
}

int wmain(void) {
    HWND window = NULL;
    RECT place;
    wchar_t path[1100];
    const wchar_t *told = _wgetenv(L"TOLD");
    if (told == NULL) {
        return 2;
    }
    for (int tried = 0; window == NULL && tried < 6000; tried++) {
        Sleep(50);
        EnumWindows(look_at, (LPARAM)&window);
    }
    if (window == NULL) {
        return 1;
    }
    GetWindowRect(window, &place);
    swprintf(path, 1100, L"%ls\\window", told);
    FILE *file = _wfopen(path, L"w");
    fprintf(file, "%ld %ld\n", place.right - place.left, place.bottom - place.top);
    fclose(file);
    PostMessageW(window, WM_CLOSE, 0, 0);
    return 0;
}
