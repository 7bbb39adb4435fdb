/* bcryptprimitives.dll, which Wine 8 has not and programs made by Rust ask for random bytes. Every
   Windows has it: this lies only in the Wine of a rehearsal. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(PVOID bytes, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T length) {
    return SystemFunction036(bytes, (ULONG)length);
}
