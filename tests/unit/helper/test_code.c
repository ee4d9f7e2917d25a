/* SPDX-License-Identifier: MIT
 * One-time codes: RFC 6238 by its own vectors, and what people paste for a secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "account/code.h"

/* RFC 6238, appendix B, SHA-1: the last six digits of its eight-digit codes. The key is the ASCII
 * text 12345678901234567890. */
static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        gint64 time;
        const char *code;
    } rows[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    SECRET_AUTO struct secret key = {0};
    assert_true(secret_set(&key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 32));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SECRET_AUTO struct secret code = {0};
        assert_int_equal(code_compute(&key, rows[i].time / CODE_PERIOD, &code), STATUS_OK);
        assert_string_equal(secret_string(&code), rows[i].code);
    }
}

static enum status normalise(const char *text, struct secret *secret)
{
    assert_true(secret_set(secret, text, strlen(text)));
    return code_secret_normalise(secret);
}

static void secrets_come_as_people_have_them(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
        "gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq",
        "otpauth://totp/PACER:jdoe1234?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=PACER",
        "otpauth://totp/x?digits=6&period=30&algorithm=SHA1&secret="
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        SECRET_AUTO struct secret secret = {0};
        assert_int_equal(normalise(texts[i], &secret), STATUS_OK);
        assert_string_equal(secret_string(&secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "123456",
        "GEZDGNBVGY3TQOJQ0189",
        "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1",
        "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8",
        "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=60",
        "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA256",
        "otpauth://totp/x?issuer=PACER",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        SECRET_AUTO struct secret secret = {0};
        print_message("%s\n", texts[i]);
        assert_int_equal(normalise(texts[i], &secret), STATUS_BAD_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238),
        cmocka_unit_test(secrets_come_as_people_have_them),
        cmocka_unit_test(other_texts_are_refused),
    };
    return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
