/* SPDX-License-Identifier: MIT
 * The answers of PACER's sign-on service (Authentication API User Guide, p. 5-7 and 13-15). */
#include "pages.h"
#include "sign_on.h"

/* clang-format off */
static const struct {
    const char *json;
    enum status status;
    const char *token, *text;
} table[] = {
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"0\",\"errorDescription\":\"\"}", STATUS_OK,
     "TOKEN", ""},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"0\",\"errorDescription\":\" Although you have a"
     " PACER account, your current account has been disabled.\"}",
     STATUS_OK, "TOKEN",
     "Although you have a PACER account, your current account has been disabled."},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":0}", STATUS_OK, "TOKEN", ""},
    {"{\"nextGenCSO\":\"\",\"loginResult\":\"0\",\"errorDescription\":\"\"}", STATUS_COURT_ERROR,
     "", ""},
    {"{\"loginResult\":\"0\"}", STATUS_COURT_ERROR, "", ""},
    {"{\"nextGenCSO\":\"\",\"loginResult\":\"1\",\"errorDescription\":\" All filers must redact: "
     "<b>names</b>\\n of minor children\"}",
     STATUS_NEEDS_ACKNOWLEDGEMENT, "", "All filers must redact: names of minor children"},
    {"{\"nextGenCSO\":null,\"loginResult\":\"13\",\"errorDescription\":\"Invalid username,"
     " password, or one-time passcode.\"}",
     STATUS_REJECTED, "", "Invalid username, password, or one-time passcode."},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"5\",\"errorDescription\":\"x\"}", STATUS_REJECTED,
     "TOKEN", "x"},
    {"{\"nextGenCSO\":\"TOKEN\",\"loginResult\":\"\"}", STATUS_REJECTED, "TOKEN", ""},
    {"{\"nextGenCSO\":\"TOKEN\"}", STATUS_COURT_ERROR, "", ""},
    {"[]", STATUS_COURT_ERROR, "", ""},
    {"{\"loginResult\":\"0\",\"nextGenCSO\":\"TOK", STATUS_COURT_ERROR, "", ""},
    {"<html>unavailable</html>", STATUS_COURT_ERROR, "", ""},
    {"", STATUS_COURT_ERROR, "", ""},
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
        secret_clear(&answer.token);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_documented_answer_has_its_meaning)};
    sign_on_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
