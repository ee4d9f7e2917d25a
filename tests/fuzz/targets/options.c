/* SPDX-License-Identifier: MIT
 * Options from a line and from a configuration file: whatever they say, what comes out is usable,
 * the line wins, and an unsafe file is not read.
 * Input: faults, a byte that counts the words, the words, file_plan(). */
#include "faults.h"
#include "file.h"
#include "internal.h"
#include "traces.h"

enum { WORDS = 6, WORD_SIZE = 200 };

static void check(const struct options *options)
{
    HOLDS(options->background <= BACKGROUND_SYSTEMD);
    HOLDS(options->link <= LINK_OFF && options->refresh <= REFRESH_UNLOCK);
    HOLDS(options->minimum_uid >= 1 && options->timeout >= 1 && options->timeout <= 10);
    HOLDS(strlen(options->conf) <= CONFIGURATION_MAX);
    HOLDS(strlen(options->ignore_service) <= CONFIGURATION_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char word[WORDS][WORD_SIZE];
    struct input input = {data, data + size};
    const char *argv[WORDS + 1];
    struct call call;
    traces_begin();
    faults_begin(&input);
    int argc = take_byte(&input) % (WORDS + 1);
    for (int i = 0; i < argc; i++)
        argv[i] = take_text(&input, word[i], WORD_SIZE);
    file_plan(&input);
    call.pamh = NULL;
    options_parse(&call, argc, argv);
    check(&call.options);
    HOLDS(!call.usable || file_is_usable());
    /* Whatever stands in the file and before it on the line. */
    argv[argc] = "timeout=7";
    options_parse(&call, argc + 1, argv);
    HOLDS(call.options.timeout == 7);
    faults_allow(false);
    traces_check();
    return 0;
}
