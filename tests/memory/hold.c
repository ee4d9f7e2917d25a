/* SPDX-License-Identifier: MIT
 * Preloaded by the memory tests: a program of csolink's stops itself just before it ends, so that
 * its memory can be searched. HOLD_WIPES names libraries whose freed memory is wiped: what is then
 * no longer found was theirs. */
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void __libc_free(void *memory);
extern void *__libc_malloc(size_t size);
extern void *__libc_realloc(void *memory, size_t size);
void free(void *memory);
void *realloc(void *memory, size_t size);

static bool is_held;
static char wiped[256];

/* Whatever csolink starts besides is not to be held. */
__attribute__((constructor)) static void begin(void)
{
    const char *names = getenv("HOLD_WIPES");
    is_held = strstr(program_invocation_short_name, "csolink") != NULL;
    if (names && strlen(names) < sizeof wiped)
        strcpy(wiped, names);
    unsetenv("LD_PRELOAD");
}

/* A deadline that passes while the memory is searched is not to end what has ended. */
static void hold(void)
{
    if (is_held) {
        is_held = false;
        signal(SIGALRM, SIG_IGN);
        raise(SIGSTOP);
    }
}

/* By exit() and by the end of main(). */
__attribute__((destructor)) static void end(void)
{
    hold();
}

void _exit(int code)
{
    hold();
    for (;;)
        syscall(SYS_exit_group, code);
}

/* Is the caller in one of the libraries, "libcurl.so libssl.so"? */
static bool is_wiped(const void *caller)
{
    static __thread bool is_looking; /* dladdr() may free */
    Dl_info info;
    if (wiped[0] == '\0' || is_looking)
        return false;
    is_looking = true;
    bool found = false;
    if (dladdr(caller, &info) != 0 && info.dli_fname) {
        const char *slash = strrchr(info.dli_fname, '/');
        const char *name = slash ? slash + 1 : info.dli_fname;
        const char *end = strstr(name, ".so");
        size_t size = end ? (size_t)(end - name) + strlen(".so") : 0;
        for (const char *word = wiped; size > 0 && *word != '\0' && !found;) {
            size_t length = strcspn(word, " ");
            found = length == size && strncmp(word, name, size) == 0;
            word += length + strspn(word + length, " ");
        }
    }
    is_looking = false;
    return found;
}

void free(void *memory)
{
    int error = errno;
    if (memory && is_wiped(__builtin_return_address(0)))
        explicit_bzero(memory, malloc_usable_size(memory));
    __libc_free(memory);
    errno = error;
}

void *realloc(void *memory, size_t size)
{
    if (!memory || size == 0 || !is_wiped(__builtin_return_address(0)))
        return __libc_realloc(memory, size);
    size_t old = malloc_usable_size(memory);
    void *moved = __libc_malloc(size);
    if (!moved)
        return NULL;
    memcpy(moved, memory, old < size ? old : size);
    explicit_bzero(memory, old);
    __libc_free(memory);
    return moved;
}
