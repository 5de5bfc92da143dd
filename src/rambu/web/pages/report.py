"""Report an error: a message to send oneself; nothing is stored here."""

from urllib.parse import quote, urlencode

from rambu.web.site import Site
from rambu.web.view import Asked, Plain, Shown

LONGEST = 4000  # characters


def view(site: Site, asked: Asked) -> Shown:
    """A form, and once something was written the message with the ways to send it."""
    about, text = asked.given("about")[:200], asked.given("text")[:LONGEST]
    ready = asked.posted and bool(text)
    return Shown(
        "report.html",
        {
            "about": about,
            "title": _title(site, asked, about),
            "text": text,
            "message": _message(site, asked, about, text) if ready else None,
            "can_mail": bool(site.settings.report_mail),
            "can_track": bool(site.settings.report_tracker),
        },
        index=False,
    )


def _title(site: Site, asked: Asked, about: str) -> str:
    file, _, name = about.partition(".")
    instrument = site.register.instruments.get(file)
    if instrument is None:
        return ""
    provision = instrument.provisions.get(name)
    return asked.words.of(provision.title if provision else instrument.title)


def _message(site: Site, asked: Asked, about: str, text: str) -> Plain:
    subject = f"Rambu: {about or 'error'}"
    body = f"{text}\n\n{about}\nrambu {site.version}, register {site.register.version}, {site.today().isoformat()}\n"
    mail, tracker = site.settings.report_mail, site.settings.report_tracker
    return {
        "subject": subject,
        "body": body,
        "mail": f"mailto:{quote(mail)}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
        if mail
        else "",
        "tracker": f"{tracker}?{urlencode({'title': subject, 'body': body})}" if tracker else "",
    }
