/* What lay.exe does with a root; each ends the program with its code. */
#ifndef PUT_H
#define PUT_H

#include "parts.h"

enum {
    DONE = 0,
    USAGE = 2,
    NO_RIGHTS = 3,
    BUSY = 4,
    NO_ROOM = 5,
    TORN = 6,
    OLDER = 7,
    UNFIT = 8,
    NONE_BEFORE = 9,
    IN_USE = 10,
    TOO_LONG = 12 /* 11 is said by Linux alone: a library of the system is missing */
};

typedef struct {
    const wchar_t *root, *source;
    bool older, untested;
    DWORD patience; /* how long a self-test may take, in milliseconds */
} Asked;

int put(const Asked *asked);
int back(const Asked *asked);
int sweep(const Asked *asked);
int clear(const Asked *asked);
int verify(const Asked *asked);
int take_off(const Asked *asked);

void lock(const wchar_t *root);
void fail(int code, const wchar_t *words);
void clean_up_on_failure(const wchar_t *folder);
void fail_by_error(const wchar_t *what, DWORD error);

#endif
