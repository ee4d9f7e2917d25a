/* SPDX-License-Identifier: MIT
 * The court directory: the installed table, what an administrator adds, and what does not count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* after those three */
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "court/directory.h"

#define ALND "alnd\tAlabama Northern\tdistrict\tecf.alnd.uscourts.gov\tALNDC\t2022-02-28\n"
#define CA9  "ca9\tNinth Circuit\tappellate\tecf.ca9.uscourts.gov\t09CA\t\n"
#define BAP9 "bap9\tNinth Circuit BAP\tappellate\tecf.ca9.uscourts.gov\t09BAP\t\n"

/* An installed table and an administrator's folder of a test. */
struct ground {
    char *folder, *table, *etc, *courts;
};

static int set_up(void **state)
{
    struct ground *ground = g_new0(struct ground, 1);
    ground->folder = g_dir_make_tmp("courts-XXXXXX", NULL);
    ground->table = g_build_filename(ground->folder, "courts.tsv", NULL);
    ground->etc = g_build_filename(ground->folder, "etc", NULL);
    ground->courts = g_build_filename(ground->etc, "courts.d", NULL);
    *state = ground;
    if (geteuid() != 0) /* only root can make what counts */
        return 0;
    return g_mkdir(ground->etc, 0755) == 0 && g_mkdir(ground->courts, 0755) == 0 ? 0 : -1;
}

static void remove_all(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_remove(child) != 0)
            remove_all(child);
    }
    g_remove(path);
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    remove_all(ground->folder);
    g_free(ground->folder);
    g_free(ground->table);
    g_free(ground->etc);
    g_free(ground->courts);
    g_free(ground);
    return 0;
}

static void add_bytes(const struct ground *ground, const char *name, const char *text, gssize size)
{
    g_autofree char *path = g_build_filename(ground->courts, name, NULL);
    assert_true(g_file_set_contents(path, text, size, NULL));
    assert_int_equal(g_chmod(path, 0644), 0);
}

static void add(const struct ground *ground, const char *name, const char *text)
{
    add_bytes(ground, name, text, -1);
}

static struct directory *load(const struct ground *ground, const char *table)
{
    struct directory *directory = NULL;
    g_autofree char *why = NULL;
    assert_true(g_file_set_contents(ground->table, table, -1, NULL));
    assert_int_equal(directory_load(&directory, ground->table, ground->etc, &why), STATUS_OK);
    return directory;
}

static guint count_faults(const struct directory *directory)
{
    return g_strv_length((char **)directory_faults(directory));
}

static void assert_fault(const struct directory *directory, guint index, const char *place,
                         const char *reason)
{
    assert_true(count_faults(directory) > index);
    const char *fault = directory_faults(directory)[index];
    if (!strstr(fault, place) || !strstr(fault, reason))
        fail_msg("\"%s\" does not say \"%s\" and \"%s\"", fault, place, reason);
}

static void the_shipped_table_has_no_fault(void **state)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    const struct ground *ground = *state;
    g_autofree char *why = NULL;
    assert_int_equal(directory_load(&directory, "etc/courts.tsv", ground->etc, &why), STATUS_OK);
    assert_int_equal(count_faults(directory), 0);
    const struct court *court = directory_by_host(directory, "ecf.alnd.uscourts.gov");
    assert_string_equal(court->id, "alnd");
    assert_string_equal(court->code, "ALNDC");
    assert_string_equal(court->nextgen_since, "2022-02-28");
    assert_ptr_equal(directory_by_id(directory, "alnd"), court);
    assert_string_equal(directory_by_host(directory, "ecf.ca9.uscourts.gov")->id, "ca9");
    assert_null(directory_by_host(directory, "evil.ecf.alnd.uscourts.gov"));
    assert_null(directory_by_id(directory, "ALND"));
}

static void a_table_that_is_not_there_is_named(void **state)
{
    const struct ground *ground = *state;
    struct directory *directory = NULL;
    g_autofree char *why = NULL;
    assert_int_equal(directory_load(&directory, ground->table, ground->etc, &why), STATUS_INTERNAL);
    assert_non_null(strstr(why, ground->table));
}

static const struct {
    const char *line, *reason;
} malformed[] = {
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX", "6 fields"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t\tmore", "6 fields"},
    {"just words", "6 fields"},
    {"\tName\tdistrict\tecf.x.uscourts.gov\tX\t", "its id"},
    {"ALND\tName\tdistrict\tecf.x.uscourts.gov\tX\t", "its id"},
    {"../x\tName\tdistrict\tecf.x.uscourts.gov\tX\t", "its id"},
    {"x\t\tdistrict\tecf.x.uscourts.gov\tX\t", "no name"},
    {"x\tName\tDistrict\tecf.x.uscourts.gov\tX\t", "its type"},
    {"x\tName\t\tecf.x.uscourts.gov\tX\t", "its type"},
    {"x\tName\tdistrict\tecf.example.com\tX\t", "outside uscourts.gov"},
    {"x\tName\tdistrict\tecf.alnd.uscourts.gov.example.com\tX\t", "outside uscourts.gov"},
    {"x\tName\tdistrict\tuscourts.gov\tX\t", "outside uscourts.gov"},
    {"x\tName\tdistrict\tevil-uscourts.gov\tX\t", "outside uscourts.gov"},
    {"x\tName\tdistrict\t.uscourts.gov\tX\t", "no host name"},
    {"x\tName\tdistrict\tecf..uscourts.gov\tX\t", "no host name"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov.\tX\t", "no host name"},
    {"x\tName\tdistrict\tECF.x.uscourts.gov\tX\t", "no host name"},
    {"x\tName\tdistrict\thttps://ecf.x.uscourts.gov\tX\t", "no host name"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov:444\tX\t", "no host name"},
    {"x\tName\tdistrict\tevil.example@ecf.uscourts.gov\tX\t", "no host name"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX Y\t", "PACER court code"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t2022", "NextGen date"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t2022-02-30", "NextGen date"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t2022-2-3", "NextGen date"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t2022-13", "NextGen date"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t2022-00-00", "NextGen date"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\tsoon", "NextGen date"},
    {"x\tNa\033[1mme\tdistrict\tecf.x.uscourts.gov\tX\t", "control character"},
    {"x\tNa\302\233me\tdistrict\tecf.x.uscourts.gov\tX\t", "control character"},
    {"x\tNa\342\200\256me\tdistrict\tecf.x.uscourts.gov\tX\t", "control character"},
    {"x\tName\tdistrict\tecf.x.uscourts.gov\tX\t\r", "Unix line ends"},
    {"\xef\xbb\xbfx\tName\tdistrict\tecf.x.uscourts.gov\tX\t", "byte-order mark"},
    {"x\tNa\x07me\tdistrict\tecf.x.uscourts.gov\tX\t", "control character"},
    {"x\tNa\377me\tdistrict\tecf.x.uscourts.gov\tX\t", "not UTF-8"},
    {ALND, "same id"},
};

static void a_malformed_row_is_named_and_hides_no_other(void **state)
{
    g_autoptr(GString) table = g_string_new("# courts\n" ALND);
    for (size_t i = 0; i < G_N_ELEMENTS(malformed); i++)
        g_string_append_printf(table, "%s%s", malformed[i].line,
                               g_str_has_suffix(malformed[i].line, "\n") ? "" : "\n");
    g_string_append(table, "\n" CA9);
    DIRECTORY_AUTO struct directory *directory = load(*state, table->str);
    for (guint i = 0; i < G_N_ELEMENTS(malformed); i++) {
        g_autofree char *place = g_strdup_printf("courts.tsv: line %u ", i + 3);
        assert_fault(directory, i, place, malformed[i].reason);
    }
    assert_int_equal(count_faults(directory), G_N_ELEMENTS(malformed));
    assert_string_equal(directory_by_id(directory, "alnd")->host, "ecf.alnd.uscourts.gov");
    assert_non_null(directory_by_id(directory, "ca9"));
    assert_null(directory_by_id(directory, "x"));
}

static void a_nul_and_an_endless_line_spoil_their_own_rows_alone(void **state)
{
    static const char nul[] = "y\tNa\0me\tdistrict\tecf.y.uscourts.gov\tY\t\n" CA9;
    const struct ground *ground = *state;
    g_autofree char *name = g_strnfill(1024, 'n');
    g_autofree char *lines =
        g_strdup_printf("x\t%s\tdistrict\tecf.x.uscourts.gov\tX\t\n" BAP9, name);
    if (geteuid() != 0)
        skip();
    add_bytes(ground, "1.tsv", nul, sizeof nul - 1);
    add(ground, "2.tsv", lines);
    DIRECTORY_AUTO struct directory *directory = load(ground, ALND);
    assert_fault(directory, 0, "1.tsv: line 1 ", "a NUL");
    assert_fault(directory, 1, "2.tsv: line 1 ", "longer than 1024 bytes");
    assert_int_equal(count_faults(directory), 2);
    assert_non_null(directory_by_id(directory, "ca9"));
    assert_non_null(directory_by_id(directory, "bap9"));
}

static void additions_replace_and_add_courts_in_the_order_of_their_names(void **state)
{
    const struct ground *ground = *state;
    if (geteuid() != 0)
        skip();
    add(ground, "20-later.tsv", "alnd\tLater\tdistrict\tecf2.alnd.uscourts.gov\tALNDC\t\n");
    add(ground, "10-earlier.tsv",
        "alnd\tEarlier\tdistrict\tecf1.alnd.uscourts.gov\tALNDC\t\n"
        "new\tNew Court\tother\tecf.new.uscourts.gov\tNEWC\t2031-01-02");
    add(ground, "30-not-a-table.txt", "words\n");
    add(ground, ".30-hidden.tsv", "words\n");
    DIRECTORY_AUTO struct directory *directory = load(ground, ALND BAP9 CA9);
    assert_int_equal(count_faults(directory), 0);
    assert_string_equal(directory_by_id(directory, "alnd")->name, "Later");
    assert_ptr_equal(directory_by_host(directory, "ecf2.alnd.uscourts.gov"),
                     directory_by_id(directory, "alnd"));
    assert_null(directory_by_host(directory, "ecf.alnd.uscourts.gov"));
    assert_null(directory_by_host(directory, "ecf1.alnd.uscourts.gov"));
    assert_string_equal(directory_by_id(directory, "new")->nextgen_since, "2031-01-02");
    assert_string_equal(directory_by_host(directory, "ecf.ca9.uscourts.gov")->id, "ca9");
}

static void a_malformed_replacement_leaves_the_known_court(void **state)
{
    const struct ground *ground = *state;
    if (geteuid() != 0)
        skip();
    add(ground, "1.tsv", "alnd\tName\tdistrict\tevil.example.com\tALNDC\t\n" CA9 CA9);
    DIRECTORY_AUTO struct directory *directory = load(ground, ALND);
    assert_fault(directory, 0, "1.tsv: line 1 ", "outside uscourts.gov");
    assert_fault(directory, 1, "1.tsv: line 3 ", "same id");
    assert_string_equal(directory_by_id(directory, "alnd")->host, "ecf.alnd.uscourts.gov");
    assert_non_null(directory_by_id(directory, "ca9"));
}

enum { NOBODY = 65534 };

static void give_away(const char *path)
{
    assert_int_equal(chown(path, NOBODY, 0), 0);
}

static void make_writable_by_group(const char *path)
{
    assert_int_equal(g_chmod(path, 0775), 0);
}

static void make_writable_by_all(const char *path)
{
    assert_int_equal(g_chmod(path, 0757), 0);
}

static void make_a_link(const char *path)
{
    g_autofree char *moved = g_strconcat(path, ".moved", NULL);
    assert_int_equal(g_rename(path, moved), 0);
    assert_int_equal(symlink(moved, path), 0);
}

static void make_a_pipe(const char *path)
{
    remove_all(path);
    assert_int_equal(mkfifo(path, 0644), 0);
}

static const struct {
    const char *name;
    void (*make)(const char *path);
    const char *reason;
} unsafe[] = {
    {"owner", give_away, "does not belong to root"},
    {"group", make_writable_by_group, "written by others"},
    {"all", make_writable_by_all, "written by others"},
    {"link", make_a_link, "symbolic link"},
    {"pipe", make_a_pipe, "of a wrong kind"},
};

static void an_unsafe_file_does_not_count_and_hides_no_other(void **state)
{
    const struct ground *ground = *state;
    if (geteuid() != 0)
        skip();
    for (size_t i = 0; i < G_N_ELEMENTS(unsafe); i++) {
        g_autofree char *path = g_build_filename(ground->courts, "1.tsv", NULL);
        add(ground, "1.tsv", "x\tName\tdistrict\tecf.x.uscourts.gov\tX\t\n");
        add(ground, "2.tsv", CA9);
        unsafe[i].make(path);
        DIRECTORY_AUTO struct directory *directory = load(ground, ALND);
        assert_fault(directory, 0, "1.tsv does not count", unsafe[i].reason);
        assert_int_equal(count_faults(directory), 1);
        assert_null(directory_by_id(directory, "x"));
        assert_non_null(directory_by_id(directory, "ca9"));
        remove_all(path);
    }
}

/* The folder that the tables are in, and the one above it. */
static void nothing_counts_in_an_unsafe_folder(void **state)
{
    if (geteuid() != 0)
        skip();
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(unsafe); i++) {
        const struct ground *ground = *state;
        add(ground, "1.tsv", CA9);
        unsafe[i / 2].make(i % 2 == 0 ? ground->courts : ground->etc);
        DIRECTORY_AUTO struct directory *directory = load(ground, ALND);
        assert_fault(directory, 0, "/etc/courts.d does not count", unsafe[i / 2].reason);
        assert_int_equal(count_faults(directory), 1);
        assert_null(directory_by_id(directory, "ca9"));
        assert_non_null(directory_by_id(directory, "alnd"));
        tear_down(state);
        assert_int_equal(set_up(state), 0);
    }
}

static void no_folder_is_no_fault(void **state)
{
    const struct ground *ground = *state;
    remove_all(ground->courts);
    DIRECTORY_AUTO struct directory *without_courts = load(ground, ALND);
    assert_int_equal(count_faults(without_courts), 0);
    remove_all(ground->etc);
    DIRECTORY_AUTO struct directory *without_etc = load(ground, ALND);
    assert_int_equal(count_faults(without_etc), 0);
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_GROUND(the_shipped_table_has_no_fault),
        ON_GROUND(a_table_that_is_not_there_is_named),
        ON_GROUND(a_malformed_row_is_named_and_hides_no_other),
        ON_GROUND(a_nul_and_an_endless_line_spoil_their_own_rows_alone),
        ON_GROUND(additions_replace_and_add_courts_in_the_order_of_their_names),
        ON_GROUND(a_malformed_replacement_leaves_the_known_court),
        ON_GROUND(an_unsafe_file_does_not_count_and_hides_no_other),
        ON_GROUND(nothing_counts_in_an_unsafe_folder),
        ON_GROUND(no_folder_is_no_fault),
    };
    return cmocka_run_group_tests_name("directory", tests, NULL, NULL);
}
