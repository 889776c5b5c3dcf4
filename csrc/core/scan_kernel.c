#include "scan_kernel.h"

const qt_scan_kernel *qt_scan_kernel_at(unsigned index)
{
    const qt_scan_kernel *kernels[4];
    unsigned count = 0;
#if defined(QT_SCAN_X86)
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2"))
        kernels[count++] = &qt_scan_avx512;
    if (__builtin_cpu_supports("avx2"))
        kernels[count++] = &qt_scan_avx2;
    kernels[count++] = &qt_scan_sse2; /* every x86-64 has it */
#elif defined(QT_SCAN_NEON)
    kernels[count++] = &qt_scan_neon; /* every AArch64 has it */
#endif
    kernels[count++] = &qt_scan_scalar;
    return index < count ? kernels[index] : NULL;
}
