/* SPDX-License-Identifier: MIT
 * The helper's answer and the whole conversation with it: one status, words that can be logged, in
 * time, and nothing is left of the helper or of the request.
 * Input: faults, child_plan(), the secret. */
#include "child.h"
#include "faults.h"
#include "internal.h"
#include "traces.h"

enum { TIMEOUT_MS = 2000 };

static void check(const struct answer *answer)
{
    HOLDS((unsigned)answer->status < STATUS_COUNT);
    HOLDS(memchr(answer->detail, '\0', sizeof answer->detail));
    for (const char *at = answer->detail; *at != '\0'; at++)
        HOLDS(*at >= ' ' && *at <= '~');
}

static void parse(void)
{
    struct answer answer = {.detail = "stale"};
    size_t size;
    const char *text = child_answer(&size);
    answer_parse(&answer, text, size);
    check(&answer);
}

static void converse(struct input *input)
{
    char secret[SESSION_SECRET_MAX];
    struct record request = {0};
    struct answer answer = {.detail = "stale"};
    take_text(input, secret, sizeof secret);
    if (record_add(&request, SESSION_KEY_SECRET, secret) == STATUS_OK) {
        helper_ask("/helper", &request, TIMEOUT_MS, &answer);
        check(&answer);
        HOLDS(child_clock_ms() <= TIMEOUT_MS);
    }
    record_clear(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, data + size};
    traces_begin();
    faults_begin(&input);
    child_plan(&input);
    parse();
    converse(&input);
    faults_allow(false);
    child_forget();
    traces_check();
    return 0;
}
