/* SPDX-License-Identifier: MIT
 * usage: ideal_link COURT_HOST LOGIN FILING_LOGIN <PASSWORDS
 * The practice court's link procedure with the fewest requests and nothing else: no keyring, no
 * state, no check of anything, one connection a host. What it takes is the court's own time; it is
 * for tests/bench/link, which gives it invented secrets, one a line: PACER's, then the court's. */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDRESS_MAX = 512, WORD_MAX = 256, PAGE_MAX = 64 * 1024 };

static const char sign_on[] = "https://pacer.login.uscourts.gov/services/cso-auth";
static const char capath[] = "/etc/ssl/certs";

static struct page {
    char text[PAGE_MAX];
    size_t size;
} page;

static const char *host;

static void fail(const char *why)
{
    fprintf(stderr, "ideal_link: %s\n", why);
    exit(EXIT_FAILURE);
}

static size_t take(char *bytes, size_t one, size_t size, void *data)
{
    (void)one, (void)data;
    if (page.size + size >= sizeof page.text)
        return 0;
    memcpy(page.text + page.size, bytes, size);
    page.size += size;
    page.text[page.size] = '\0';
    return size;
}

static void request(CURL *easy, const char *address)
{
    long code = 0;
    page.size = 0;
    curl_easy_setopt(easy, CURLOPT_URL, address);
    if (curl_easy_perform(easy) != CURLE_OK)
        fail("a request failed");
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    if (code != 200)
        fail("an answer is not 200");
}

/* What stands between begin and the next end character, behind at. */
static const char *between(const char *at, const char *begin, char end, char out[ADDRESS_MAX])
{
    const char *from = at ? strstr(at, begin) : NULL;
    from = from ? from + strlen(begin) : NULL;
    const char *to = from ? strchr(from, end) : NULL;
    if (!to || to - from >= ADDRESS_MAX)
        fail("a page is not as the practice court's");
    memcpy(out, from, (size_t)(to - from));
    out[to - from] = '\0';
    return to;
}

/* The court's pages give "/path" and "../path". */
static void get_or_post(CURL *easy, const char *path)
{
    char address[2 * ADDRESS_MAX];
    snprintf(address, sizeof address, "https://%s%s", host,
             strncmp(path, "..", 2) == 0 ? path + 2 : path);
    request(easy, address);
}

static void sign_on_as(CURL *easy, const char *login, const char *password)
{
    char body[3 * WORD_MAX], token[ADDRESS_MAX], cookie[2 * ADDRESS_MAX];
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Accept: application/json");
    snprintf(body, sizeof body,
             "{\"loginId\":\"%s\",\"password\":\"%s\",\"clientCode\":\"\",\"otpCode\":\"\","
             "\"redactFlag\":\"1\"}",
             login, password);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    request(easy, sign_on);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    const char *key = strstr(page.text, "nextGenCSO\"");
    between(key ? strchr(key, ':') : NULL, "\"", '"', token);
    snprintf(cookie, sizeof cookie,
             "Set-Cookie: NextGenCSO=%s; path=/; domain=.uscourts.gov; secure", token);
    curl_easy_setopt(easy, CURLOPT_COOKIELIST, cookie);
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
}

static void add(curl_mime *mime, const char *name, const char *value)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    curl_mime_name(part, name);
    curl_mime_data(part, value, CURL_ZERO_TERMINATED);
}

/* The form of the main content: what it shows is sent back, with a text and a password put in where
 * it has such fields. */
static void send_form(CURL *easy, const char *login, const char *password)
{
    char action[ADDRESS_MAX], type[ADDRESS_MAX], name[ADDRESS_MAX], value[ADDRESS_MAX];
    const char *content = strstr(page.text, "cmecfMainContentScroll");
    const char *at = between(content, "<form action='", '\'', action);
    const char *end = strstr(at, "</form>");
    curl_mime *mime = curl_mime_init(easy);
    while ((at = strstr(at, "<input type='")) && at < end) {
        at = between(at, "<input type='", '\'', type);
        if (strcmp(type, "reset") == 0 || strcmp(type, "button") == 0)
            continue;
        at = between(at, " name='", '\'', name);
        at = between(at, " value='", '\'', value);
        add(mime, name,
            strcmp(type, "text") == 0       ? login
            : strcmp(type, "password") == 0 ? password
                                            : value);
    }
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime);
    get_or_post(easy, action);
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, NULL);
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_mime_free(mime);
}

static void link_account(CURL *easy, const char *login, const char *password)
{
    char utilities[ADDRESS_MAX], entry[ADDRESS_MAX];
    get_or_post(easy, "/cgi-bin/login.pl");
    between(page.text, "href='/cgi-bin/DisplayMenu.pl?Utilities", '\'', entry);
    snprintf(utilities, sizeof utilities, "/cgi-bin/DisplayMenu.pl?Utilities%.200s", entry);
    get_or_post(easy, utilities);
    const char *at = strstr(page.text, "<h3>");
    do
        at = between(at, "<a href='", '\'', entry);
    while (strncmp(at, "'>Link ", 7) != 0);
    get_or_post(easy, entry);
    send_form(easy, login, password);
    send_form(easy, NULL, NULL);
    get_or_post(easy, utilities);
    if (!strstr(page.text, "DisplayMenu.pl?CivilEvents"))
        fail("the account is not linked");
}

static void read_line(char line[WORD_MAX])
{
    if (!fgets(line, WORD_MAX, stdin))
        fail("a password is missing on standard input");
    line[strcspn(line, "\n")] = '\0';
}

int main(int argc, char **argv)
{
    char password[WORD_MAX], filing_password[WORD_MAX];
    if (argc != 4 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return 64;
    read_line(password);
    read_line(filing_password);
    host = argv[1];
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_CAINFO, NULL); /* as csolink-net: the hashed directory alone */
    curl_easy_setopt(easy, CURLOPT_CAPATH, capath);
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    sign_on_as(easy, argv[2], password);
    link_account(easy, argv[3], filing_password);
    curl_easy_cleanup(easy);
    curl_global_cleanup();
    return EXIT_SUCCESS;
}
