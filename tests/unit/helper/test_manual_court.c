/* SPDX-License-Identifier: MIT
 * Which courts are linked by hand, and by which steps; which are not on NextGen yet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "court/court_link.h"
#include "court/manual_court.h"

#define STARTS "1. Open https://ecf."
#define COMMON                                                                                     \
    "/n/AttorneyFiling/login.jsf\n2. Log in with the PACER account.\n3. Choose \"Link my filer"

/* words: what its instructions hold; NULL: it has none. */
static const struct {
    const char *id, *words, *no_words;
    bool asked;
} rows[] = {
    {"alnd", NULL, NULL, true},
    {"alnb", NULL, NULL, true},
    {"cofc", NULL, NULL, true},
    {"jpml", NULL, NULL, true},
    {"ca1", STARTS "ca1.uscourts.gov" COMMON, "ACMS", false},
    {"ca2", "in ACMS, where there is nothing to link", "/bn/", false},
    {"ca4", STARTS "ca4.uscourts.gov" COMMON, "ACMS", false},
    {"ca9", "in ACMS, where there is nothing to link", "/bn/", false},
    {"cadc", STARTS "cadc.uscourts.gov/cmecf/servlet/TransportRoom?servlet=Login\n", "/n/", false},
    {"cafc", STARTS "cafc.uscourts.gov" COMMON, "ACMS", false},
    {"bap1", STARTS "ca1.uscourts.gov" COMMON, "ACMS", false},
    {"bap9", STARTS "ca9.uscourts.gov/bn/AttorneyFiling/login.jsf\n", "ACMS", false},
    {"bap10", STARTS "ca10.uscourts.gov" COMMON, "ACMS", false},
    {"cit", "help desk: 1-866-450-1859.", "AttorneyFiling", true},
};

static void each_court_that_is_linked_by_hand_has_its_steps(void **state)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    g_autofree char *why = NULL;
    (void)state;
    assert_int_equal(directory_load(&directory, "etc/courts.tsv", "/dev/null", &why), STATUS_OK);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct court *court = directory_by_id(directory, rows[i].id);
        assert_non_null(court);
        g_autofree char *text = manual_court_instructions(court), *detail = NULL;
        assert_int_equal(manual_court_is(court), rows[i].words != NULL);
        assert_int_equal(court_link_obstacle(court, &detail),
                         rows[i].asked ? STATUS_OK : STATUS_MANUAL_COURT);
        if (!rows[i].words) {
            assert_null(text);
            continue;
        }
        assert_non_null(strstr(text, rows[i].words));
        assert_null(strstr(text, rows[i].no_words));
    }
}

static void no_appellate_court_is_without_steps(void **state)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    g_autofree char *why = NULL;
    const struct court *court;
    int appellate = 0;
    (void)state;
    assert_int_equal(directory_load(&directory, "etc/courts.tsv", "/dev/null", &why), STATUS_OK);
    for (guint i = 0; (court = directory_at(directory, i)) != NULL; i++) {
        bool is_appellate = strcmp(court->type, "appellate") == 0;
        appellate += is_appellate;
        assert_int_equal(manual_court_is(court), is_appellate || strcmp(court->id, "cit") == 0);
    }
    assert_int_equal(appellate, 16);
}

static void only_a_date_to_come_keeps_a_court_from_being_asked(void **state)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autoptr(GDateTime) later = g_date_time_add_days(now, 2);
    g_autofree char *today = g_date_time_format(now, "%Y-%m-%d"),
                    *this_month = g_date_time_format(now, "%Y-%m"),
                    *to_come = g_date_time_format(later, "%Y-%m-%d");
    const struct {
        const char *date;
        enum status status;
    } dates[] = {{"", STATUS_OK},           {"2022-02-28", STATUS_OK},
                 {today, STATUS_OK},        {to_come, STATUS_NOT_NEXTGEN},
                 {"9999", STATUS_OK},       {"2999-01-01", STATUS_NOT_NEXTGEN},
                 {"2999-1-1 x", STATUS_OK}, {"soon, 2999", STATUS_OK},
                 {this_month, STATUS_OK},   {"2999-01", STATUS_NOT_NEXTGEN}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        struct court court = {"alnd",  "Alabama",    "district", "ecf.alnd.uscourts.gov",
                              "ALNDC", dates[i].date};
        g_autofree char *detail = NULL;
        assert_int_equal(court_link_obstacle(&court, &detail), dates[i].status);
        assert_int_equal(detail != NULL, dates[i].status != STATUS_OK);
        if (detail)
            assert_non_null(strstr(detail, dates[i].date));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_court_that_is_linked_by_hand_has_its_steps),
        cmocka_unit_test(no_appellate_court_is_without_steps),
        cmocka_unit_test(only_a_date_to_come_keeps_a_court_from_being_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
