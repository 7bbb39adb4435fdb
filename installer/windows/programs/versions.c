/* What lies in the root: the two pointers, the versions, who uses them. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 1000 };

wchar_t *line_in(const wchar_t *file) {
    size_t length;
    char *content = content_of(file, LONGEST_LINE, &length);
    if (content == NULL) {
        return NULL;
    }
    wchar_t *line = wide(content, strcspn(content, "\r\n"));
    free(content);
    return line;
}

wchar_t *version_folder(const wchar_t *root, const wchar_t *name) {
    return text(L"%ls\\versions\\%ls", root, name);
}

/* The name in a pointer; NULL where there is none, or none that names a version. */
wchar_t *named(const wchar_t *root, const wchar_t *pointer) {
    wchar_t *line = line_in(joined(root, pointer));
    if (line == NULL || line[0] == L'.' || wcschr(line, L'\\') != NULL || !is_legal(line)) {
        return NULL;
    }
    return is_folder(version_folder(root, line)) ? line : NULL;
}

/* Written beside it, written to the disk, then put in its place. */
bool point(const wchar_t *root, const wchar_t *pointer, const wchar_t *name) {
    wchar_t *beside = text(L"%ls\\.%ls.new", root, pointer);
    HANDLE file = CreateFileW(beside, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                              FILE_FLAG_WRITE_THROUGH, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return false;
    }
    bool done = write_utf8(file, text(L"%ls\n", name)) && FlushFileBuffers(file);
    CloseHandle(file);
    return done && move_over(beside, joined(root, pointer));
}

wchar_t *version_in(const wchar_t *folder) {
    wchar_t *line = line_in(joined(folder, L"version"));
    return line == NULL ? text(L"") : line;
}

static bool is_digit(wchar_t sign) { return sign >= L'0' && sign <= L'9'; }

/* Numbers as numbers: 0.9 before 0.10. */
bool is_older(const wchar_t *one, const wchar_t *other) {
    while (*one && *other) {
        if (is_digit(*one) && is_digit(*other)) {
            wchar_t *after, *behind;
            unsigned long first = wcstoul(one, &after, 10), second = wcstoul(other, &behind, 10);
            if (first != second) {
                return first < second;
            }
            one = after;
            other = behind;
        } else if (*one != *other) {
            return *one < *other;
        } else {
            one++;
            other++;
        }
    }
    return *one == L'\0' && *other != L'\0';
}

static wchar_t *use_file(const wchar_t *root, const wchar_t *name) {
    return text(L"%ls\\versions\\.use.%ls", root, name);
}

/* Held open as long as the program runs; the system lets go of it when a process dies. */
HANDLE hold_use(const wchar_t *root, const wchar_t *name) {
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    return CreateFileW(use_file(root, name), GENERIC_READ, share, NULL, OPEN_ALWAYS, 0, NULL);
}

bool is_used(const wchar_t *root, const wchar_t *name) {
    wchar_t *path = use_file(root, name);
    if (!is_file(path)) {
        return false;
    }
    HANDLE file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return GetLastError() == ERROR_SHARING_VIOLATION;
    }
    CloseHandle(file);
    return false;
}

/* What the program is told of its place; a portable one keeps its data beside it. */
void pass_surroundings(const wchar_t *root) {
    SetEnvironmentVariableW(L"DANGJIAN_ROOT", shown(root));
    if (is_file(joined(root, L"portable"))) {
        SetEnvironmentVariableW(L"DANGJIAN_DATA", shown(joined(root, L"资料")));
    }
}
