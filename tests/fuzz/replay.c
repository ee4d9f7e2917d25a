/* SPDX-License-Identifier: MIT
 * usage: NAME [FILE...]
 * Runs a target once with each file, or with each of tests/fuzz/corpus/NAME: what a fuzzer found
 * worth keeping stays true, also with gcc and without libFuzzer. */
#include <glob.h>
#include <libgen.h>
#include <limits.h>

#include "input.h"

enum { INPUT_MAX = 1 << 20 };

static void run(const char *path)
{
    static char space[INPUT_MAX];
    FILE *file = fopen(path, "re");
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    size_t size = fread(space, 1, sizeof space, file);
    fclose(file);
    /* Of its own size, so that a sanitizer sees the end. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data)
        abort();
    memcpy(data, space, size);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static int run_corpus(char *name)
{
    char pattern[PATH_MAX];
    glob_t found;
    snprintf(pattern, sizeof pattern, "tests/fuzz/corpus/%s/*", basename(name));
    if (glob(pattern, 0, NULL, &found) != 0) {
        fprintf(stderr, "%s: nothing to replay\n", pattern);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        run(found.gl_pathv[i]);
    printf("%zu inputs replayed\n", found.gl_pathc);
    globfree(&found);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        run(argv[i]);
    return argc > 1 ? EXIT_SUCCESS : run_corpus(argv[0]);
}
