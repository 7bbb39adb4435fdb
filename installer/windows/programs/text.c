/* Strings, and the ways in which a person is told something. */
#include "parts.h"

#include <shlobj.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static HANDLE also = INVALID_HANDLE_VALUE;

static void *room(size_t bytes) {
    void *made = malloc(bytes);
    if (made == NULL) {
        ExitProcess(ERROR_NOT_ENOUGH_MEMORY);
    }
    return made;
}

wchar_t *text(const wchar_t *format, ...) {
    va_list given;
    va_start(given, format);
    int length = _vscwprintf(format, given);
    va_end(given);
    wchar_t *made = room((length + 1) * sizeof *made);
    va_start(given, format);
    _vsnwprintf(made, length + 1, format, given);
    va_end(given);
    made[length] = L'\0';
    return made;
}

wchar_t *wide(const char *utf8, size_t length) {
    int count = length ? MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, NULL, 0) : 0;
    wchar_t *made = room((count + 1) * sizeof *made);
    if (count) {
        MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, made, count);
    }
    made[count] = L'\0';
    return made;
}

char *narrow(const wchar_t *words) {
    int count = WideCharToMultiByte(CP_UTF8, 0, words, -1, NULL, 0, NULL, NULL);
    char *made = room(count + 1);
    made[0] = '\0';
    WideCharToMultiByte(CP_UTF8, 0, words, -1, made, count, NULL, NULL);
    return made;
}

bool write_utf8(HANDLE file, const wchar_t *words) {
    char *bytes = narrow(words);
    DWORD written = 0, length = (DWORD)strlen(bytes);
    bool done = WriteFile(file, bytes, length, &written, NULL) && written == length;
    free(bytes);
    return done;
}

/* The set-up reads UTF-16, which NSIS knows without a question of code pages. */
void say_also_into(const wchar_t *file) {
    also = CreateFileW(file, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;
    WriteFile(also, L"\xfeff", sizeof(wchar_t), &written, NULL);
}

void say(const wchar_t *words) {
    wchar_t *line = text(L"%ls\r\n", words);
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode, written;
    if (GetConsoleMode(error, &mode)) {
        WriteConsoleW(error, line, (DWORD)wcslen(line), &written, NULL);
    } else {
        write_utf8(error, line);
    }
    if (also != INVALID_HANDLE_VALUE) {
        WriteFile(also, line, (DWORD)(wcslen(line) * sizeof *line), &written, NULL);
    }
    free(line);
}

/* A box; false where none can be shown, as without a desktop. */
bool tell(const wchar_t *words, UINT kind, int *answer) {
    int given = MessageBoxW(NULL, words, TITLE, kind | MB_SETFOREGROUND);
    if (answer != NULL) {
        *answer = given;
    }
    return given > 0; /* Wine without a screen says -1 */
}

void leave_on_desk(const wchar_t *words) {
    say(words);
    wchar_t *desk = known_folder(&FOLDERID_Desktop);
    if (desk == NULL) {
        return;
    }
    wchar_t *path = joined(desk, TITLE L"没有启动.txt");
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
        write_utf8(file, L"\xfeff");
        write_utf8(file, words);
        write_utf8(file, L"\r\n");
        CloseHandle(file);
    }
}
