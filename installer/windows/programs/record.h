/* The log of the starts, written before Python. */
#ifndef RECORD_H
#define RECORD_H

#include "parts.h"

typedef struct {
    HANDLE file; /* INVALID_HANDLE_VALUE where nothing can be written */
    const wchar_t *path;
} Record;

Record open_record(void);
void write_record(const Record *record, const wchar_t *words);
void write_surroundings(const Record *record, const wchar_t *folder);

#endif
