/* Whole folders: walked, copied, written to the disk, removed. */
#include "parts.h"

#include <stdlib.h>

static bool is_dots(const wchar_t *name) {
    return wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0;
}

static bool is_link(const WIN32_FIND_DATAW *found) {
    return (found->dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) &&
           (found->dwReserved0 == IO_REPARSE_TAG_SYMLINK ||
            found->dwReserved0 == IO_REPARSE_TAG_MOUNT_POINT);
}

static bool step(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                 Visit *visit, void *given) {
    if (!visit(path, relative, found, given)) {
        return false;
    }
    bool below = (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) && !is_link(found);
    return !below || walk(path, relative, visit, given);
}

/* A folder before what is in it; ends early where a visit says false. */
bool walk(const wchar_t *folder, const wchar_t *relative, Visit *visit, void *given) {
    WIN32_FIND_DATAW found;
    wchar_t *pattern = joined(folder, L"*");
    HANDLE search = FindFirstFileW(pattern, &found);
    free(pattern);
    if (search == INVALID_HANDLE_VALUE) {
        return GetLastError() == ERROR_FILE_NOT_FOUND;
    }
    bool going = true;
    DWORD error = 0;
    do {
        if (is_dots(found.cFileName)) {
            continue;
        }
        wchar_t *path = joined(folder, found.cFileName);
        wchar_t *inside = relative[0] ? joined(relative, found.cFileName) : text(L"%ls", found.cFileName);
        going = step(path, inside, &found, visit, given);
        error = GetLastError();
        free(path);
        free(inside);
    } while (going && FindNextFileW(search, &found));
    if (going && GetLastError() != ERROR_NO_MORE_FILES) {
        going = false;
        error = GetLastError();
    }
    FindClose(search);
    SetLastError(error);
    return going;
}

static bool copy_one(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                     void *given) {
    wchar_t *to = joined(given, relative);
    bool done;
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
        done = CreateDirectoryW(to, NULL);
    } else {
        done = CopyFileW(path, to, TRUE) && SetFileAttributesW(to, FILE_ATTRIBUTE_NORMAL);
    }
    free(to);
    return done;
}

bool copy_tree(const wchar_t *from, const wchar_t *to) {
    return walk(from, L"", copy_one, (void *)to);
}

static bool flush_one(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                      void *given) {
    (void)relative;
    (void)given;
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
        return true;
    }
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE file = CreateFileW(path, GENERIC_WRITE, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return false;
    }
    bool done = FlushFileBuffers(file);
    DWORD error = GetLastError();
    CloseHandle(file);
    SetLastError(error);
    return done;
}

/* Before a pointer names it: after a power cut it must not be there with empty files. */
bool flush_tree(const wchar_t *folder) { return walk(folder, L"", flush_one, NULL); }

/* What was deleted in it may go only a moment later, once the last who reads it has closed it. */
static bool remove_empty(const wchar_t *folder) {
    for (int tried = 0; !RemoveDirectoryW(folder); tried++) {
        if (tried == 60 || GetLastError() == ERROR_FILE_NOT_FOUND) {
            return false;
        }
        Sleep(50);
    }
    return true;
}

static bool remove_one(const wchar_t *path, const WIN32_FIND_DATAW *found) {
    if (is_link(found)) {
        bool folder = found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
        return folder ? RemoveDirectoryW(path) : DeleteFileW(path);
    }
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
        return remove_tree(path);
    }
    if (found->dwFileAttributes & FILE_ATTRIBUTE_READONLY) {
        SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    }
    return DeleteFileW(path);
}

/* As much of it as can be removed; true where nothing is left. */
bool remove_tree(const wchar_t *folder) {
    WIN32_FIND_DATAW found;
    wchar_t *pattern = joined(folder, L"*");
    HANDLE search = FindFirstFileW(pattern, &found);
    free(pattern);
    if (search == INVALID_HANDLE_VALUE) {
        return !is_folder(folder);
    }
    bool all = true;
    do {
        if (!is_dots(found.cFileName)) {
            wchar_t *path = joined(folder, found.cFileName);
            all = remove_one(path, &found) && all;
            free(path);
        }
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return all && remove_empty(folder);
}

static bool ask_one(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                    void *given) {
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
        return true;
    }
    HANDLE file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION) {
        *(const wchar_t **)given = text(L"%ls", relative);
        return false;
    }
    CloseHandle(file);
    return true;
}

/* The first file in it that another program has open, or NULL. */
const wchar_t *held_in(const wchar_t *folder) {
    const wchar_t *held = NULL;
    walk(folder, L"", ask_one, &held);
    return held;
}
