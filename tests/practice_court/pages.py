# SPDX-License-Identifier: MIT
"""HTML outside the link procedure: ways elsewhere, PACER's sign-on page, the CurrentGen form."""

from html import escape
from urllib.parse import quote

SIGN_ON_PAGE = "https://pacer.login.uscourts.gov/csologin/login.jsf"


def plain(sentence):
    return f"<html><head><title>CM/ECF</title></head><body><p>{escape(sentence)}</p></body></html>"


def meta_refresh(url):
    return f"<html><meta http-equiv='REFRESH' content='0;url={escape(url)}'></html>"


def script(statements):
    """A page that is empty but for a script."""
    return (f'<html><head><title>CM/ECF</title></head><body>\n<script type="text/javascript">\n'
            f"{statements}\n</script></body></html>")


def script_location(url):
    return script(f'location.href = "{url}";')


def not_signed_on(court):
    """NextGen's answer to a request without a good token: a script that goes to PACER."""
    appurl = quote(f"https://{court['host']}/cgi-bin/login.pl", safe="")
    target = f"{SIGN_ON_PAGE}?pscCourtId={court['pacer_court_id']}&appurl={appurl}"
    return script(f'location.assign("{target}");')


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
