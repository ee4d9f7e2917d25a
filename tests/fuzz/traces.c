/* SPDX-License-Identifier: MIT
 * The wrapped ways to get and give back memory, where secrets are looked for, and the descriptor
 * table. */
#include "traces.h"

#include <malloc.h>
#include <poll.h>
#include <sys/mman.h>

#include "faults.h"

enum { DESCRIPTORS = 64 };

static bool open_before[DESCRIPTORS];
static long mappings, mappings_before;

/* One system call for all: POLLNVAL is what a closed number answers. */
static void look(bool open[DESCRIPTORS])
{
    struct pollfd table[DESCRIPTORS] = {{0}};
    bool before = faults_allow(false);
    for (int i = 0; i < DESCRIPTORS; i++)
        table[i].fd = i;
    poll(table, DESCRIPTORS, 0);
    for (int i = 0; i < DESCRIPTORS; i++)
        open[i] = !(table[i].revents & POLLNVAL);
    faults_allow(before);
}

void traces_begin(void)
{
    look(open_before);
    mappings_before = mappings;
}

void traces_check(void)
{
    bool open_now[DESCRIPTORS];
    look(open_now);
    HOLDS(memcmp(open_before, open_now, sizeof open_now) == 0);
    HOLDS(mappings == mappings_before);
}

void *__wrap_mmap(void *address, size_t size, int access, int flags, int fd, off_t offset);
void *__real_mmap(void *address, size_t size, int access, int flags, int fd, off_t offset);
void *__wrap_mmap(void *address, size_t size, int access, int flags, int fd, off_t offset)
{
    if (fault_due(FUNCTION_mmap))
        return MAP_FAILED;
    mappings++;
    return __real_mmap(address, size, access, flags, fd, offset);
}

int __wrap_munmap(void *address, size_t size);
int __real_munmap(void *address, size_t size);
int __wrap_munmap(void *address, size_t size)
{
    const char *bytes = address;
    if (on_trial())
        HOLDS(bytes[0] == '\0' && memcmp(bytes, bytes + 1, size - 1) == 0);
    mappings--;
    return __real_munmap(address, size);
}

void __wrap_free(void *memory);
void __real_free(void *memory);
void __wrap_free(void *memory)
{
    if (on_trial() && memory)
        HOLDS(!memmem(memory, malloc_usable_size(memory), SECRET_MARK, strlen(SECRET_MARK)));
    __real_free(memory);
}
