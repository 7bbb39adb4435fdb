/* Other programs: started, waited for. */
#include "parts.h"

/* The words as they were typed: taken apart and put together again they might change. */
const wchar_t *words_after_program(void) {
    const wchar_t *at = GetCommandLineW();
    bool quoted = false;
    while (*at && (quoted || (*at != L' ' && *at != L'\t'))) {
        quoted ^= *at == L'"';
        at++;
    }
    while (*at == L' ' || *at == L'\t') {
        at++;
    }
    return at;
}

/* Output goes there; without a place, where it would go anyhow. */
bool start(const wchar_t *command, HANDLE output, bool hidden, PROCESS_INFORMATION *started) {
    STARTUPINFOW how = {.cb = sizeof how};
    bool given = output != NULL && output != INVALID_HANDLE_VALUE;
    if (given) {
        how.dwFlags = STARTF_USESTDHANDLES;
        how.hStdOutput = how.hStdError = output;
        SetHandleInformation(output, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    }
    DWORD flags = CREATE_UNICODE_ENVIRONMENT | (hidden ? CREATE_NO_WINDOW : 0);
    return CreateProcessW(NULL, text(L"%ls", command), NULL, NULL, TRUE, flags, NULL, NULL, &how,
                          started);
}

bool is_running(DWORD number) {
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, number);
    if (process == NULL) {
        return false;
    }
    bool running = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    CloseHandle(process);
    return running;
}

/* Its code, or -1 where it did not start or did not end in time. */
int run_hidden(const wchar_t *command, HANDLE output, DWORD milliseconds) {
    PROCESS_INFORMATION started;
    if (!start(command, output, true, &started)) {
        return -1;
    }
    DWORD code = (DWORD)-1;
    if (WaitForSingleObject(started.hProcess, milliseconds) == WAIT_OBJECT_0) {
        GetExitCodeProcess(started.hProcess, &code);
    } else {
        TerminateProcess(started.hProcess, (UINT)-1);
        WaitForSingleObject(started.hProcess, 5000);
    }
    CloseHandle(started.hProcess);
    CloseHandle(started.hThread);
    return (int)code;
}
