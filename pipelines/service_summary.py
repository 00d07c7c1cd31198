"""What is printed when the service listens."""

from mutasi.i18n import render
from pipelines.console import console
from pipelines.serve import Listening


def show_listening(listening: Listening, language: str) -> None:
    """Print the address, a token made for this run, and calls to try."""
    shown = listening.token or "$MUTASI_API_TOKEN"
    lines = [render("serve.listening", language, url=listening.url)]
    if listening.token:
        lines.append(render("serve.token", language, token=listening.token))
    lines += [render("serve.try", language), f"  curl {listening.url}/readyz"]
    if not listening.has_token:
        asked = f"{listening.url}/oauth2/token"
        lines.append(f"  curl -u CLIENT:SECRET -d grant_type=client_credentials {asked}")
        shown = "TOKEN"
    lines.append(
        f'  curl -H "Authorization: Bearer {shown}" "{listening.url}/v1/vacancies?limit=3"'
    )
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)
