/* SPDX-License-Identifier: MIT
 * Which certificate authorities a connection trusts: one file, or the system's. */
#include "trust.h"

#include <dirent.h>
#include <string.h>

/* Eight hexadecimal digits, a dot, digits. */
static bool is_hash(const char *name)
{
    return strspn(name, "0123456789abcdef") == 8 && name[8] == '.' && name[9] != '\0' &&
           name[9 + strspn(name + 9, "0123456789")] == '\0';
}

bool trust_is_hashed(const char *path)
{
    DIR *directory = path ? opendir(path) : NULL;
    bool found = false;
    for (struct dirent *entry; directory && !found && (entry = readdir(directory));)
        found = is_hash(entry->d_name);
    if (directory)
        closedir(directory);
    return found;
}

bool trust_begin(CURL *easy, const char *ca_file)
{
    if (ca_file) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
        return false;
    }
    if (!trust_is_hashed(curl_version_info(CURLVERSION_NOW)->capath))
        return false;
    curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
    return true;
}

void trust_bundle_too(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_CAINFO, curl_version_info(CURLVERSION_NOW)->cainfo);
}
