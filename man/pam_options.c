/* SPDX-License-Identifier: MIT
 * Prints the list of pam_csolink(8)'s options, in mdoc(7), from the table that the module reads.
 * Runs while the manual is built. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../pam_module/internal.h"

static void print_value(const struct option *option)
{
    if (option->kind == OPTION_CHOICE) {
        for (size_t i = 0; option->choices[i]; i++)
            printf(" %s Cm %s", i == 0 ? "Ns = Ns" : "Ns | Ns", option->choices[i]);
    } else if (option->argument) {
        printf(" Ns = Ns Ar %s", option->argument);
    }
}

/* mdoc(7) wants each sentence on a line of its own. */
static void print_meaning(const char *text)
{
    putchar('\n');
    for (; *text != '\0'; text++)
        putchar(*text == ' ' && text[-1] == '.' ? '\n' : *text);
    putchar('\n');
}

static void print_default(const struct option *option)
{
    if (option->kind == OPTION_CHOICE || option->kind == OPTION_NUMBER)
        printf("Default:\n.Cm %s .\n", option->fallback);
    else if (option->fallback && option->fallback[0] == '/')
        printf("Default:\n.Pa %s ,\nwhich may be missing.\n", option->fallback);
    else if (option->fallback)
        printf("Default:\n.Dq %s .\n", option->fallback);
}

int main(void)
{
    for (const struct option *option = option_table; option->name; option++) {
        printf(".It Cm %s", option->name);
        print_value(option);
        print_meaning(option->meaning);
        print_default(option);
    }
    return 0;
}
