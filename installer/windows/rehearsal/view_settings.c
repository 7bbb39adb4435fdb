/* Windows.UI.ViewManagement.dll: the colours that Qt asks the system for, and ends where nobody
   answers, as in Wine 8. Every Windows has them: this lies only in the Wine of a rehearsal. */
#include <windows.h>

typedef struct {
    const void *const *calls;
} Object;

typedef struct {
    BYTE opaque, red, green, blue;
} Color;

static const IID ANSWERED[] = {
    {0x00000000, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}},             /* IUnknown */
    {0x00000035, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}},             /* IActivationFactory */
    {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}}, /* IInspectable */
    {0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}}, /* IAgileObject */
    {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}}, /* IUISettings */
    {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}}, /* IUISettings3 */
};

static HRESULT WINAPI ask(Object *self, const IID *wanted, void **given) {
    *given = NULL;
    for (size_t n = 0; n < sizeof ANSWERED / sizeof *ANSWERED; n++) {
        if (IsEqualGUID(wanted, &ANSWERED[n])) {
            *given = self;
            return S_OK;
        }
    }
    return E_NOINTERFACE;
}

static ULONG WINAPI count(Object *self) {
    (void)self;
    return 1;
}

static HRESULT WINAPI unanswered(void) { return E_NOTIMPL; }

/* Background, foreground, then the accent and its shades. */
static HRESULT WINAPI color(Object *self, int which, Color *given) {
    static const Color KNOWN[] = {{255, 255, 255, 255}, {255, 0, 0, 0}, {255, 0, 120, 215}};
    (void)self;
    *given = KNOWN[which < 2 ? which : 2];
    return S_OK;
}

static HRESULT WINAPI hear(Object *self, void *hearer, LONGLONG *number) {
    (void)self;
    (void)hearer;
    *number = 1;
    return S_OK;
}

static HRESULT WINAPI unhear(Object *self, LONGLONG number) {
    (void)self;
    (void)number;
    return S_OK;
}

static const void *const OF_SETTINGS[] = {ask,        count, count,  unanswered, unanswered,
                                          unanswered, color, hear, unhear};
static Object settings = {OF_SETTINGS};

static HRESULT WINAPI make(Object *self, void **given) {
    (void)self;
    *given = &settings;
    return S_OK;
}

static const void *const OF_FACTORY[] = {ask,        count,      count, unanswered,
                                         unanswered, unanswered, make};
static Object factory = {OF_FACTORY};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(const void *name, void **given) {
    (void)name;
    *given = &factory;
    return S_OK;
}
