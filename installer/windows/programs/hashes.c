/* SHA-256 by the system's own library. */
#include "parts.h"

#include <bcrypt.h>
#include <stdio.h>

enum { BLOCK = 1 << 16, BYTES = 32 };

static BCRYPT_ALG_HANDLE provider(void) {
    static BCRYPT_ALG_HANDLE opened;
    if (opened == NULL) {
        BCryptOpenAlgorithmProvider(&opened, BCRYPT_SHA256_ALGORITHM, NULL, 0);
    }
    return opened;
}

static bool feed(HANDLE file, BCRYPT_HASH_HANDLE hash) {
    static UCHAR block[BLOCK];
    for (;;) {
        DWORD got = 0;
        if (!ReadFile(file, block, BLOCK, &got, NULL)) {
            return false;
        }
        if (got == 0) {
            return true;
        }
        if (BCryptHashData(hash, block, got, 0) != 0) {
            return false;
        }
    }
}

bool sum_of(const wchar_t *path, char hex[65]) {
    BCRYPT_HASH_HANDLE hash;
    UCHAR sum[BYTES];
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return false;
    }
    bool done = BCryptCreateHash(provider(), &hash, NULL, 0, NULL, 0, 0) == 0;
    DWORD error = ERROR_SUCCESS;
    if (done) {
        done = feed(file, hash);
        error = GetLastError();
        done = done && BCryptFinishHash(hash, sum, BYTES, 0) == 0;
        BCryptDestroyHash(hash);
    }
    CloseHandle(file);
    SetLastError(error);
    for (int n = 0; done && n < BYTES; n++) {
        sprintf(hex + 2 * n, "%02x", sum[n]);
    }
    return done;
}
