/* SPDX-License-Identifier: MIT
 * Which certificate authorities a connection trusts. */
#ifndef CSOLINK_NET_TRUST_H
#define CSOLINK_NET_TRUST_H

#include <curl/curl.h>
#include <stdbool.h>

/* Makes the handle trust ca_file alone or, where that is NULL, the system's authorities, as curl
 * was built to find them: a directory in which OpenSSL looks an issuer up by its hash
 * (openssl-rehash(1)), and a bundle that is read as a whole. True: the handle looks in the
 * directory alone for now, for the bundle costs 20 ms a connection; a server that fails
 * verification then deserves another try after trust_bundle_too(). */
bool trust_begin(CURL *easy, const char *ca_file);
void trust_bundle_too(CURL *easy);

/* Do names in the directory look as openssl-rehash(1) makes them? False where path is NULL. */
bool trust_is_hashed(const char *path);

#endif
