/* Put before every source of lay.exe in a rehearsal: it dies, as if killed, before or after the
   n-th call by which something is changed (KILL_AT, KILL_WHEN). */
#ifndef KILLING_H
#define KILLING_H

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

extern int killing_calls;

static inline void killing_die(const char *when) {
    const char *at = getenv("KILL_AT"), *wanted = getenv("KILL_WHEN");
    if (at != NULL && wanted != NULL && atoi(at) == killing_calls && *wanted == *when) {
        TerminateProcess(GetCurrentProcess(), 99);
    }
}

static inline void killing_before(void) {
    const char *count = getenv("KILL_COUNT");
    killing_calls++;
    if (count != NULL) {
        FILE *file = fopen(count, "w");
        fprintf(file, "%d", killing_calls);
        fclose(file);
    }
    killing_die("before");
}

#define KILLING(type, call)                                                                        \
    __extension__({                                                                                \
        killing_before();                                                                          \
        type killing_done = call;                                                                  \
        DWORD killing_error = GetLastError();                                                      \
        killing_die("after");                                                                      \
        SetLastError(killing_error);                                                               \
        killing_done;                                                                              \
    })

#define MoveFileExW(...) KILLING(BOOL, (MoveFileExW)(__VA_ARGS__))
#define CopyFileW(...) KILLING(BOOL, (CopyFileW)(__VA_ARGS__))
#define DeleteFileW(...) KILLING(BOOL, (DeleteFileW)(__VA_ARGS__))
#define CreateDirectoryW(...) KILLING(BOOL, (CreateDirectoryW)(__VA_ARGS__))
#define RemoveDirectoryW(...) KILLING(BOOL, (RemoveDirectoryW)(__VA_ARGS__))
#define WriteFile(...) KILLING(BOOL, (WriteFile)(__VA_ARGS__))
#define CreateProcessW(...) KILLING(BOOL, (CreateProcessW)(__VA_ARGS__))
#define RegSetValueExW(...) KILLING(LONG, (RegSetValueExW)(__VA_ARGS__))

#endif
