/* A version folder held against its list: not one file more, not one less, each the same. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_LIST = 16 << 20, HEX = 64, LONGEST_PATH = 259, SHORT_NAME = 12 };

typedef struct {
    char sum[HEX + 1];
    wchar_t *name;
} Listed;

typedef struct {
    Listed *items;
    size_t count;
} Listing;

/* "HEX  ./path/with/slashes" */
static bool read_line(const char *line, size_t length, Listed *made) {
    if (length < HEX + 5 || strncmp(line + HEX, "  ./", 4) != 0) {
        return false;
    }
    memcpy(made->sum, line, HEX);
    made->sum[HEX] = '\0';
    if (strspn(made->sum, "0123456789abcdef") != HEX) {
        return false;
    }
    made->name = wide(line + HEX + 4, length - HEX - 4);
    if (wcschr(made->name, L'\\') != NULL) {
        return false;
    }
    for (wchar_t *at = made->name; *at; at++) {
        if (*at == L'/') {
            *at = L'\\';
        }
    }
    return true;
}

static bool read_list(const wchar_t *folder, Listing *made) {
    wchar_t *path = joined(folder, LIST);
    size_t length = 0;
    char *content = content_of(path, LARGEST_LIST, &length);
    free(path);
    made->items = NULL;
    made->count = 0;
    bool good = content != NULL && length > 0 && strlen(content) == length;
    for (const char *at = content; good && *at;) {
        const char *end = strchr(at, '\n');
        made->items = realloc(made->items, (made->count + 1) * sizeof *made->items);
        good = end != NULL && made->items != NULL &&
               read_line(at, (size_t)(end - at), &made->items[made->count]);
        made->count += good;
        at = good ? end + 1 : at;
    }
    free(content);
    return good && made->count > 0;
}

static int by_name(const void *one, const void *other) {
    const Listed *first = one, *second = other;
    return CompareStringOrdinal(first->name, -1, second->name, -1, TRUE) - CSTR_EQUAL;
}

static wchar_t *illegal_in(const Listing *list) {
    for (size_t n = 0; n < list->count; n++) {
        const wchar_t *name = list->items[n].name;
        if (!is_legal(name)) {
            return text(L"清单里有 Windows 不能用的名称：%ls", name);
        }
        if (n > 0 && by_name(&list->items[n - 1], &list->items[n]) == 0) {
            return text(L"清单里有两个同样的名称：%ls", name);
        }
    }
    return NULL;
}

typedef struct {
    const Listing *list;
    size_t found;
    wchar_t *strange;
} Count;

static bool count_one(const wchar_t *path, const wchar_t *relative, const WIN32_FIND_DATAW *found,
                      void *given) {
    (void)path;
    Count *count = given;
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY || wcscmp(relative, LIST) == 0) {
        return true;
    }
    Listed wanted = {.name = (wchar_t *)relative};
    if (bsearch(&wanted, count->list->items, count->list->count, sizeof wanted, by_name) == NULL) {
        count->strange = text(L"多了 %ls", relative);
        return false;
    }
    count->found++;
    return true;
}

static State state_by(const wchar_t *folder, const Listing *list, wchar_t **why) {
    Count count = {list, 0, NULL};
    walk(folder, L"", count_one, &count);
    if (count.strange != NULL) {
        *why = count.strange;
        return NOT_WHOLE;
    }
    for (size_t n = 0; n < list->count; n++) {
        char sum[HEX + 1] = "";
        wchar_t *path = joined(folder, list->items[n].name);
        bool read = sum_of(path, sum);
        DWORD error = GetLastError();
        free(path);
        if (!read && is_held(error)) {
            *why = text(L"%ls", list->items[n].name);
            return HELD;
        }
        if (!read || strcmp(sum, list->items[n].sum) != 0) {
            *why = text(read ? L"%ls 不同" : L"缺少 %ls", list->items[n].name);
            return NOT_WHOLE;
        }
    }
    return count.found == list->count ? WHOLE : NOT_WHOLE;
}

State state_of(const wchar_t *folder, wchar_t **why) {
    Listing list;
    *why = NULL;
    if (!read_list(folder, &list)) {
        *why = text(L"没有清单，或清单不完整");
        return NOT_WHOLE;
    }
    qsort(list.items, list.count, sizeof *list.items, by_name);
    *why = illegal_in(&list);
    State state = *why != NULL ? NOT_WHOLE : state_by(folder, &list, why);
    if (state == NOT_WHOLE && *why == NULL) {
        *why = text(L"文件数目不同");
    }
    return state;
}

/* Of a folder Windows wants room for a short name in it. */
static size_t room_for(const wchar_t *name) {
    size_t length = wcslen(name);
    const wchar_t *last = wcsrchr(name, L'\\');
    size_t folder = last == NULL ? 0 : (size_t)(last - name) + SHORT_NAME;
    return folder > length ? folder : length;
}

/* Where the files listed in this folder, lying at this place below the root, would have paths that
   Windows does not open: what is wrong with the root; else NULL. */
const wchar_t *too_long(const wchar_t *root, const wchar_t *place, const wchar_t *folder) {
    Listing list;
    if (!read_list(folder, &list)) {
        return NULL;
    }
    size_t longest = 0, length = wcslen(shown(root)), inside = wcslen(place) - wcslen(root);
    for (size_t n = 0; n < list.count; n++) {
        size_t found = room_for(list.items[n].name);
        longest = found > longest ? found : longest;
    }
    inside += 1 + longest;
    if (length + inside <= LONGEST_PATH) {
        return NULL;
    }
    return text(L"这个位置的路径太长（%d 个字，最多 %d 个），Windows 打不开其中的文件。请换一个短一些的位置。",
                (int)length, LONGEST_PATH - (int)inside);
}

bool same_content(const wchar_t *one, const wchar_t *other) {
    char first[HEX + 1], second[HEX + 1];
    return sum_of(one, first) && sum_of(other, second) && strcmp(first, second) == 0;
}
