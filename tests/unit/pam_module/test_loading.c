/* SPDX-License-Identifier: MIT
 * A lock screen loads and unloads the module each time, for months: nothing of it may stay.
 * This program is not linked to libpam, so that libpam comes and goes with the module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "module_path.h"
#include "open_fds.h"

/* The first rounds fill the free lists of the heap and of the loader; after them a leak of 40 bytes
 * a round would be seen. */
enum { ROUNDS = 1000, FIRST_ROUNDS = 100, ALLOWANCE_KIB = 32 };

#ifdef __SANITIZE_ADDRESS__
enum { KEEPS_FREED_MEMORY = 1 };
#else
enum { KEEPS_FREED_MEMORY = 0 };
#endif

static char folder[] = "/tmp/csolink-test-XXXXXX";

static void load_and_unload(void)
{
    static const char *const names[] = {"pam_sm_authenticate",  "pam_sm_setcred",
                                        "pam_sm_acct_mgmt",     "pam_sm_open_session",
                                        "pam_sm_close_session", "pam_sm_chauthtok"};
    void *loaded = dlopen(module, RTLD_NOW);
    if (!loaded)
        fail_msg("%s", dlerror());
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_non_null(dlsym(loaded, names[i]));
    assert_int_equal(dlclose(loaded), 0);
}

static int append_name(struct dl_phdr_info *object, size_t size, void *names)
{
    size_t used = strlen(names);
    (void)size;
    snprintf((char *)names + used, PATH_MAX - used, "%s\n", object->dlpi_name);
    return 0;
}

static long resident_kib(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void nothing_stays_of_a_module_that_was_unloaded(void **state)
{
    char before[PATH_MAX] = "", after[PATH_MAX] = "";
    (void)state;
    dl_iterate_phdr(append_name, before);
    int fds = count_fds();
    long resident = 0;
    for (int i = 0; i < FIRST_ROUNDS; i++) {
        load_and_unload();
        resident = resident_kib();
    }
    for (int i = FIRST_ROUNDS; i < ROUNDS; i++)
        load_and_unload();
    if (!KEEPS_FREED_MEMORY)
        assert_in_range(resident_kib(), 0, resident + ALLOWANCE_KIB);
    dl_iterate_phdr(append_name, after);
    assert_string_equal(after, before);
    assert_int_equal(count_fds(), fds);
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) && show_module(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(module) == 0 ? rmdir(folder) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_stays_of_a_module_that_was_unloaded),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
