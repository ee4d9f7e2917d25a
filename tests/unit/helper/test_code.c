/* SPDX-License-Identifier: MIT
 * One-time codes: RFC 6238 by its own vectors, and what people paste for a secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "code/code.h"

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* 12345678901234567890 */
#define SECRET_32                                                                                  \
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"                                                             \
    "GEZDGNBVGY3TQOJQGEZA"
#define SECRET_64                                                                                  \
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"                             \
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA"

static enum status read_key(const char *text, struct code_key *key)
{
    SECRET_AUTO struct secret secret = {0};
    const char *fault = NULL;
    assert_true(secret_set(&secret, text, strlen(text)));
    enum status status = code_key_read(&secret, key, &fault);
    assert_true((status == STATUS_OK) == (fault == NULL));
    return status;
}

static void assert_code(const char *uri, gint64 time, const char *wanted)
{
    CODE_KEY_AUTO struct code_key key = {0};
    SECRET_AUTO struct secret code = {0};
    assert_int_equal(read_key(uri, &key), STATUS_OK);
    assert_int_equal(code_compute(&key, time, &code), STATUS_OK);
    assert_string_equal(secret_string(&code), wanted);
}

/* RFC 6238, appendix B; its keys are the digits 1234567890 repeated, as long as the hash. */
static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        gint64 time;
        const char *sha1, *sha256, *sha512;
    } rows[] = {
        {59, "94287082", "46119246", "90693936"},
        {1111111109, "07081804", "68084774", "25091201"},
        {1111111111, "14050471", "67062674", "99943326"},
        {1234567890, "89005924", "91819424", "93441116"},
        {2000000000, "69279037", "90698825", "38618901"},
        {20000000000, "65353130", "77737706", "47863826"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        assert_code("otpauth://totp/x?digits=8&secret=" SECRET, rows[i].time, rows[i].sha1);
        assert_code("otpauth://totp/x?digits=8&algorithm=sha256&secret=" SECRET_32, rows[i].time,
                    rows[i].sha256);
        assert_code("otpauth://totp/x?digits=8&algorithm=SHA512&secret=" SECRET_64, rows[i].time,
                    rows[i].sha512);
        assert_code(SECRET, rows[i].time, rows[i].sha1 + 2);
        assert_code("otpauth://totp/x?digits=7&secret=" SECRET, rows[i].time, rows[i].sha1 + 1);
    }
}

static void a_period_makes_steps_of_its_length(void **state)
{
    (void)state;
    assert_code("otpauth://totp/x?period=60&digits=8&secret=" SECRET, 2 * 59, "94287082");
    assert_code("otpauth://totp/x?period=1&digits=8&secret=" SECRET, 37037036, "07081804");
}

static void secrets_are_stored_as_base32_where_the_parameters_are_pacers(void **state)
{
    (void)state;
    static const char *const texts[] = {
        SECRET,
        SECRET "======",
        "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
        "gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq",
        "otpauth://totp/PACER:jdoe1234?secret=" SECRET "&issuer=PACER",
        "OTPAUTH://TOTP/x?SECRET=gezdgnbvgy3tqojq%20gezdgnbvgy3tqojq%3D%3D",
        "otpauth://totp/x?digits=6&period=30&algorithm=SHA1&secret=" SECRET "&",
        "otpauth://totp?secret=" SECRET "&issuer=a%26digits%3D8&image=https%3A%2F%2Fx",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        SECRET_AUTO struct secret secret = {0};
        const char *fault = NULL;
        print_message("%s\n", texts[i]);
        assert_true(secret_set(&secret, texts[i], strlen(texts[i])));
        assert_int_equal(code_secret_normalise(&secret, &fault), STATUS_OK);
        assert_string_equal(secret_string(&secret), SECRET);
    }
}

static void other_parameters_are_stored_as_a_uri_that_reads_the_same(void **state)
{
    (void)state;
    static const char uri[] =
        "otpauth://totp/PACER?secret=" SECRET "&algorithm=SHA256&digits=8&period=60";
    static const char *const texts[] = {
        "otpauth://totp/PACER:a?issuer=b&digits=8&period=060&algorithm=sha256&secret=" SECRET,
        uri,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        SECRET_AUTO struct secret secret = {0};
        const char *fault = NULL;
        assert_true(secret_set(&secret, texts[i], strlen(texts[i])));
        assert_int_equal(code_secret_normalise(&secret, &fault), STATUS_OK);
        assert_string_equal(secret_string(&secret), uri);
    }
}

static void other_texts_are_refused_with_their_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
    } rows[] = {
        {"", "16 characters"},
        {"123456", "base32"},
        {"GEZDGNBVGY3TQOJQ0189", "base32"},
        {"GEZDGNBVGY3TQOJ", "16 characters"},
        {"GEZDGNBVGY3TQOJQG", "base32"},
        {"GEZD=GNBVGY3TQOJQ", "base32"},
        {"otpauth://hotp/x?secret=" SECRET "&counter=1", "hotp"},
        {"otpauth://totpx/x?secret=" SECRET, "totp"},
        {"otpauth://tot/x?secret=" SECRET, "totp"},
        {"otpauth-migration://offline?data=x", "base32"},
        {"otpauth://totp/x?secret=" SECRET "&digits=5", "digits"},
        {"otpauth://totp/x?secret=" SECRET "&digits=9", "digits"},
        {"otpauth://totp/x?secret=" SECRET "&digits=", "digits"},
        {"otpauth://totp/x?secret=" SECRET "&period=0", "period"},
        {"otpauth://totp/x?secret=" SECRET "&period=301", "period"},
        {"otpauth://totp/x?secret=" SECRET "&period=-30", "period"},
        {"otpauth://totp/x?secret=" SECRET "&period=99999999999999999999", "period"},
        {"otpauth://totp/x?secret=" SECRET "&algorithm=MD5", "algorithm"},
        {"otpauth://totp/x?secret=" SECRET "&encoder=steam", "not known"},
        {"otpauth://totp/x?secret=" SECRET "&digits", "not known"},
        {"otpauth://totp/x?secret=" SECRET "&secret=" SECRET, "twice"},
        {"otpauth://totp/x?secret=GEZDGNBV%GZ", "percent"},
        {"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ%4", "percent"},
        {"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ%00GEZDGNBVGY3TQOJQ", "base32"},
        {"otpauth://totp/x?issuer=PACER", "no secret"},
        {"otpauth://totp/x", "no secret"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SECRET_AUTO struct secret secret = {0};
        const char *fault = NULL;
        print_message("%s\n", rows[i].text);
        assert_true(secret_set(&secret, rows[i].text, strlen(rows[i].text)));
        assert_int_equal(code_secret_normalise(&secret, &fault), STATUS_BAD_INPUT);
        assert_non_null(strstr(fault, rows[i].word));
        assert_null(strstr(fault, "GEZD"));
    }
}

static void a_typed_code_loses_its_blanks_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *code; /* NULL: it is none */
    } rows[] = {
        {"123456", "123456"},
        {" 123 456 ", "123456"},
        {"ab12-cd34\r", "ab12-cd34"},
        {"12345", NULL},
        {"", NULL},
        {"123 45", NULL},
        {"no, not now", NULL},
        {"123456;", NULL},
        {"12345\xc3\xa9", NULL},
        {"01234567890123456789012345678901x", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SECRET_AUTO struct secret code = {0};
        print_message("%s\n", rows[i].typed);
        assert_true(secret_set(&code, rows[i].typed, strlen(rows[i].typed)));
        assert_true(code_fold(&code) == (rows[i].code != NULL));
        if (rows[i].code)
            assert_string_equal(secret_string(&code), rows[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238),
        cmocka_unit_test(a_period_makes_steps_of_its_length),
        cmocka_unit_test(secrets_are_stored_as_base32_where_the_parameters_are_pacers),
        cmocka_unit_test(other_parameters_are_stored_as_a_uri_that_reads_the_same),
        cmocka_unit_test(other_texts_are_refused_with_their_reason),
        cmocka_unit_test(a_typed_code_loses_its_blanks_and_nothing_else),
    };
    return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
