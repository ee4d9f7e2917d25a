/* SPDX-License-Identifier: MIT
 * The answers of PACER's sign-on service (Authentication API User Guide, p. 5-7 and 13-15). */
#include "pages.h"
#include "sign_on.h"

/* clang-format off */
static const struct {
    const char *json;
    enum status status;
    const char *token, *text;
    long result;
} table[] = {
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"0\",\"errorDescription\":\"\"}", STATUS_OK,
     "TOKEN", "", 0},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"0\",\"errorDescription\":\" Although you have a"
     " PACER account, your current account has been disabled.\"}",
     STATUS_OK, "TOKEN",
     "Although you have a PACER account, your current account has been disabled.", 0},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":0}", STATUS_OK, "TOKEN", "", 0},
    {"{\"nextGenCSO\":\"\",\"loginResult\":\"0\",\"errorDescription\":\"\"}", STATUS_COURT_ERROR,
     "", "", 0},
    {"{\"loginResult\":\"0\"}", STATUS_COURT_ERROR, "", "", 0},
    {"{\"nextGenCSO\":\"\",\"loginResult\":\"1\",\"errorDescription\":\" All filers must redact: "
     "<b>names</b>\\n of minor children\"}",
     STATUS_NEEDS_ACKNOWLEDGEMENT, "", "All filers must redact: names of minor children", 1},
    {"{\"nextGenCSO\":null,\"loginResult\":\"13\",\"errorDescription\":\"Invalid username,"
     " password, or one-time passcode.\"}",
     STATUS_REJECTED, "", "Invalid username, password, or one-time passcode.", 13},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"5\",\"errorDescription\":\"x\"}", STATUS_REJECTED,
     "TOKEN", "x", 5},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"\"}", STATUS_REJECTED, "TOKEN", "", -1},
    {"{\"nextGenCSO\":\"TOKEN\"}", STATUS_COURT_ERROR, "", "", -1},
    {"[]", STATUS_COURT_ERROR, "", "", -1},
    {"{\"loginResult\":\"0\",\"nextGenCSO\":\"TOK", STATUS_COURT_ERROR, "", "", -1},
    {"<html>unavailable</html>", STATUS_COURT_ERROR, "", "", -1},
    {"", STATUS_COURT_ERROR, "", "", -1},
};
/* clang-format on */

static void each_documented_answer_has_its_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct sign_on_answer answer;
        sign_on_read(&answer, table[i].json, strlen(table[i].json));
        if (answer.status != table[i].status)
            fail_msg("%s: %s", table[i].json, status_name(answer.status));
        assert_string_equal(secret_string(&answer.token), table[i].token);
        assert_string_equal(answer.text, table[i].text);
        assert_int_equal(answer.result, table[i].result);
        secret_clear(&answer.token);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_documented_answer_has_its_meaning)};
    sign_on_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
