/* Waits for a window of ours that has been shown, says how large it is, and closes it as a person
   does. */
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
    for (int tried = 0; window == NULL && tried < 6000; tried++) {
        Sleep(50);
        EnumWindows(look_at, (LPARAM)&window);
    }
    if (window == NULL) {
        return 1;
    }
    GetWindowRect(window, &place);
    printf("%ld %ld\n", place.right - place.left, place.bottom - place.top);
    PostMessageW(window, WM_CLOSE, 0, 0);
    return 0;
}
