/* What the programs of Windows have in common: launch.exe, lay.exe and the two entries. */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <wchar.h>
#include <windows.h>

#define TITLE L"党支部工作台"
#define PRODUCT L"dangjian-desktop"
#define LIST L"files.sha256"
#define PYTHON_OPTIONS L"-I -B -X utf8"

/* ---- text.c: strings that live as long as the program needs them, and what is said -------------- */
wchar_t *text(const wchar_t *format, ...);
wchar_t *wide(const char *utf8, size_t length);
char *narrow(const wchar_t *words);
void say(const wchar_t *words);
void say_also_into(const wchar_t *file);
bool write_utf8(HANDLE file, const wchar_t *words);
bool tell(const wchar_t *words, UINT kind, int *answer);
void leave_on_desk(const wchar_t *words);

/* ---- paths.c: every path inside is a full one with the prefix that lets it be long --------------- */
wchar_t *inner(const wchar_t *path);
const wchar_t *shown(const wchar_t *path);
wchar_t *joined(const wchar_t *folder, const wchar_t *name);
wchar_t *folder_of(const wchar_t *path);
const wchar_t *name_of(const wchar_t *path);
wchar_t *own_folder(void);
wchar_t *known_folder(const GUID *which);
wchar_t *variable(const wchar_t *name);
bool is_folder(const wchar_t *path);
bool is_file(const wchar_t *path);
bool make_folders(const wchar_t *path);
char *content_of(const wchar_t *path, size_t most, size_t *length);
bool is_held(DWORD error);
bool move_over(const wchar_t *from, const wchar_t *to);
bool move_folder(const wchar_t *from, const wchar_t *to);
bool is_legal(const wchar_t *relative);

/* ---- trees.c: whole folders ----------------------------------------------------------------------- */
typedef bool Visit(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                   void *given);
bool walk(const wchar_t *folder, const wchar_t *relative, Visit *visit, void *given);
bool copy_tree(const wchar_t *from, const wchar_t *to);
bool flush_tree(const wchar_t *folder);
bool remove_tree(const wchar_t *folder);
const wchar_t *held_in(const wchar_t *folder);

/* ---- listing.c: a folder held against its list ---------------------------------------------------- */
typedef enum { WHOLE, NOT_WHOLE, HELD } State;
State state_of(const wchar_t *folder, wchar_t **why);
const wchar_t *too_long(const wchar_t *root, const wchar_t *place, const wchar_t *folder);
bool same_content(const wchar_t *one, const wchar_t *other);

/* ---- hashes.c ------------------------------------------------------------------------------------- */
bool sum_of(const wchar_t *path, char hex[65]);

/* ---- versions.c: the pointers, the locks, what lies in a version ---------------------------------- */
wchar_t *line_in(const wchar_t *file);
wchar_t *named(const wchar_t *root, const wchar_t *pointer);
bool point(const wchar_t *root, const wchar_t *pointer, const wchar_t *name);
wchar_t *version_folder(const wchar_t *root, const wchar_t *name);
wchar_t *version_in(const wchar_t *folder);
bool is_older(const wchar_t *one, const wchar_t *other);
HANDLE hold_use(const wchar_t *root, const wchar_t *name);
bool is_used(const wchar_t *root, const wchar_t *name);
void pass_surroundings(const wchar_t *root);

/* ---- processes.c ---------------------------------------------------------------------------------- */
const wchar_t *words_after_program(void);
bool start(const wchar_t *command, HANDLE output, bool hidden, PROCESS_INFORMATION *started);
bool is_running(DWORD number);
int run_hidden(const wchar_t *command, HANDLE output, DWORD milliseconds);

#endif
