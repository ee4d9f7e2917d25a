# SPDX-License-Identifier: MIT
"""HTML outside the link procedure: front pages, sign-on redirects, the CurrentGen form."""

from html import escape
from urllib.parse import quote

SIGN_ON_PAGE = "https://pacer.login.uscourts.gov/csologin/login.jsf"


def plain(sentence):
    return f"<html><head><title>CM/ECF</title></head><body><p>{escape(sentence)}</p></body></html>"


def meta_refresh(url):
    return f"<html><meta http-equiv='REFRESH' content='0;url={escape(url)}'></html>"


def front_page(court):
    """The page with the filing entry, in the form that the court's type shows it."""
    name = escape(court["name"].upper())
    return f"""<html><head><title>{name}</title></head><body>
<!-ShowPage(index.html)->
<h2>Welcome to the {name}</h2>
{_filing_entry(court, name)}
<p>24 hours a day, 7 days a week, except for maintenance.</p>
<a href='/cgi-bin/CourtInfo.pl?location=main'>Court Information</a>
</body></html>"""


def _filing_entry(court, name):
    if court["type"] == "appellate":
        return '<a href="/n/AttorneyFiling/login.jsf">CM/ECF Document Filing System</a>'
    if court["type"] != "bankruptcy":
        return '<a href="/cgi-bin/login.pl">CM/ECF &ndash; Document Filing System</a>'
    training_host = escape(training_host_of(court))
    return f"""<p>Practice: <a href="https://{training_host}/cgi-bin/login.pl">{name}
 (training) - Document Filing System</a></p>
<p><A HREF="/cgi-bin/login.pl">{name} - Document Filing System</A></p>"""


def training_host_of(court):
    """The decoy that some bankruptcy front pages carry beside the real entry."""
    return court["host"].replace("ecf.", "ecf-train.", 1)


def not_signed_on(court):
    """NextGen's answer to a request without a good token: a script that goes to PACER."""
    appurl = quote(f"https://{court['host']}/cgi-bin/login.pl", safe="")
    target = f"{SIGN_ON_PAGE}?pscCourtId={court['pacer_court_id']}&appurl={appurl}"
    return f"""<html><head><title>CM/ECF</title></head><body>
<script type="text/javascript">location.assign("{target}");</script>
</body></html>"""


def sign_on_page():
    """PACER's page for people; its form leads nowhere here, programs use the service."""
    return """<html><head><title>PACER: Login</title></head><body><h1>PACER LOGIN</h1>
<p>Your browser must be set to accept cookies in order to log in to this site. If your browser is
set to accept cookies and you are experiencing problems with the login, delete the stored cookie
file in your PC. Close and reopen your browser before trying again.</p>
<form id="loginForm" method="post" action="/csologin/login.jsf">
<input type="hidden" name="loginForm" value="loginForm">
Username <input type="text" name="loginForm:loginName">
Password <input type="password" name="loginForm:password">
Client Code <input type="text" name="loginForm:clientCode">
<button name="loginForm:fbtnLogin" type="submit">Login</button></form></body></html>"""


def get_pass():
    """The login form of a court that is not on NextGen."""
    return """<html><head><title>CM/ECF Filer or PACER Login</title></head><body>
<div id="cmecfMainContent"><h2>CM/ECF Filer or PACER Login</h2>
<form action="../cgi-bin/login.pl?1-L_1_0-1" enctype="multipart/form-data" method="POST"
 name="GetPass">
Login <input type="text" name="login" maxlength="256">
Password <input type="password" name="key" maxlength="128">
Client code <input type="text" name="clcode" maxlength="32">
<input type="checkbox" name="redaction" value="on"> Redaction agreement
<input type="submit" name="button1" value="Login"><input type="reset" value="Clear">
</form></div></body></html>"""
