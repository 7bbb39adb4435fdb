/* Paths and single files. */
#include "parts.h"

#include <shlobj.h>
#include <stdlib.h>

static const wchar_t PREFIX[] = L"\\\\?\\", SHARE_PREFIX[] = L"\\\\?\\UNC\\";
enum { TRIES = 100, PAUSE = 100 };

wchar_t *inner(const wchar_t *path) {
    if (wcsncmp(path, PREFIX, 4) == 0) {
        return text(L"%ls", path);
    }
    DWORD count = GetFullPathNameW(path, 0, NULL, NULL);
    wchar_t *full = calloc(count + 1, sizeof *full);
    GetFullPathNameW(path, count + 1, full, NULL);
    size_t length = wcslen(full);
    while (length > 3 && full[length - 1] == L'\\') {
        full[--length] = L'\0';
    }
    bool share = wcsncmp(full, L"\\\\", 2) == 0;
    wchar_t *made = share ? text(L"%ls%ls", SHARE_PREFIX, full + 2) : text(L"%ls%ls", PREFIX, full);
    free(full);
    return made;
}

const wchar_t *shown(const wchar_t *path) {
    if (wcsncmp(path, SHARE_PREFIX, 8) == 0) {
        return text(L"\\\\%ls", path + 8);
    }
    return wcsncmp(path, PREFIX, 4) == 0 ? path + 4 : path;
}

wchar_t *joined(const wchar_t *folder, const wchar_t *name) {
    return text(L"%ls\\%ls", folder, name);
}

wchar_t *folder_of(const wchar_t *path) {
    wchar_t *made = text(L"%ls", path);
    wchar_t *last = wcsrchr(made, L'\\');
    if (last != NULL) {
        *last = L'\0';
    }
    return made;
}

const wchar_t *name_of(const wchar_t *path) {
    const wchar_t *last = wcsrchr(path, L'\\');
    return last == NULL ? path : last + 1;
}

wchar_t *own_folder(void) {
    enum { MOST = 32768 };
    wchar_t *path = calloc(MOST, sizeof *path);
    GetModuleFileNameW(NULL, path, MOST);
    wchar_t *full = inner(path);
    wchar_t *spelt = calloc(MOST, sizeof *spelt);
    if (GetLongPathNameW(full, spelt, MOST)) {
        return folder_of(spelt);
    }
    return folder_of(full);
}

/* Asked of the system: the variables may be missing. */
wchar_t *known_folder(const GUID *which) {
    wchar_t *found = NULL;
    if (FAILED(SHGetKnownFolderPath(which, KF_FLAG_DONT_VERIFY, NULL, &found))) {
        return NULL;
    }
    return found != NULL && found[0] ? found : NULL;
}

wchar_t *variable(const wchar_t *name) {
    DWORD count = GetEnvironmentVariableW(name, NULL, 0);
    if (count <= 1) {
        return NULL;
    }
    wchar_t *value = calloc(count, sizeof *value);
    GetEnvironmentVariableW(name, value, count);
    return value;
}

bool is_folder(const wchar_t *path) {
    DWORD found = GetFileAttributesW(path);
    return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY);
}

bool is_file(const wchar_t *path) {
    DWORD found = GetFileAttributesW(path);
    return found != INVALID_FILE_ATTRIBUTES && !(found & FILE_ATTRIBUTE_DIRECTORY);
}

bool make_folders(const wchar_t *path) {
    if (is_folder(path) || CreateDirectoryW(path, NULL)) {
        return true;
    }
    if (GetLastError() != ERROR_PATH_NOT_FOUND) {
        return false;
    }
    wchar_t *above = folder_of(path);
    bool made = wcslen(above) < wcslen(path) && make_folders(above) && CreateDirectoryW(path, NULL);
    free(above);
    return made;
}

char *content_of(const wchar_t *path, size_t most, size_t *length) {
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE file = CreateFileW(path, GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    LARGE_INTEGER size;
    char *content = NULL;
    DWORD got = 0;
    if (GetFileSizeEx(file, &size) && size.QuadPart <= (LONGLONG)most) {
        content = calloc((size_t)size.QuadPart + 1, 1);
        if (content != NULL && !ReadFile(file, content, (DWORD)size.QuadPart, &got, NULL)) {
            free(content);
            content = NULL;
        }
    }
    CloseHandle(file);
    *length = got;
    return content;
}

bool is_held(DWORD error) {
    return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION ||
           error == ERROR_ACCESS_DENIED || error == ERROR_USER_MAPPED_FILE;
}

/* A scanner of viruses looks at what is new for some seconds. */
static bool move_patiently(const wchar_t *from, const wchar_t *to, DWORD how, int tries) {
    for (int tried = 0;; tried++) {
        if (MoveFileExW(from, to, how)) {
            return true;
        }
        DWORD error = GetLastError();
        if (!is_held(error) || tried >= tries) {
            SetLastError(error);
            return false;
        }
        Sleep(PAUSE);
    }
}

bool move_over(const wchar_t *from, const wchar_t *to) {
    return move_patiently(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH, TRIES / 5);
}

bool move_folder(const wchar_t *from, const wchar_t *to) {
    return move_patiently(from, to, MOVEFILE_WRITE_THROUGH, TRIES);
}

static bool is_reserved(const wchar_t *part, size_t length) {
    static const wchar_t *const WORDS[] = {L"CON", L"PRN", L"AUX", L"NUL", L"CONIN$", L"CONOUT$"};
    size_t stem = 0;
    while (stem < length && part[stem] != L'.') {
        stem++;
    }
    while (stem > 0 && part[stem - 1] == L' ') {
        stem--;
    }
    for (size_t n = 0; n < sizeof WORDS / sizeof *WORDS; n++) {
        if (wcslen(WORDS[n]) == stem && _wcsnicmp(part, WORDS[n], stem) == 0) {
            return true;
        }
    }
    bool port = stem == 4 && (_wcsnicmp(part, L"COM", 3) == 0 || _wcsnicmp(part, L"LPT", 3) == 0);
    return port && wcschr(L"0123456789\xb9\xb2\xb3", part[3]) != NULL;
}

static bool is_legal_part(const wchar_t *part, size_t length) {
    if (length == 0 || length > 255 || part[length - 1] == L'.' || part[length - 1] == L' ') {
        return false;
    }
    for (size_t n = 0; n < length; n++) {
        if (part[n] < 32 || wcschr(L"<>:\"|?*/\\", part[n]) != NULL) {
            return false;
        }
    }
    return !is_reserved(part, length);
}

/* Whether this is a path below a folder that Windows can hold; its parts stand between \. */
bool is_legal(const wchar_t *relative) {
    for (;;) {
        size_t length = wcscspn(relative, L"\\");
        if (!is_legal_part(relative, length)) {
            return false;
        }
        if (relative[length] == L'\0') {
            return true;
        }
        relative += length + 1;
    }
}
