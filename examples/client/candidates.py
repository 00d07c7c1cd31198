"""Ask who for an open position: python candidates.py URL, with TOKEN in the environment."""

import os
import sys

from mutasi_client import AuthenticatedClient
from mutasi_client.api.recommendations import list_candidates, list_vacancies
from mutasi_client.models import Ranking, Vacancies


def main(url: str, token: str) -> None:
    """Print the first candidates for the first vacancy that has some."""
    with AuthenticatedClient(base_url=url, token=token, raise_on_unexpected_status=True) as client:
        page = list_vacancies.sync(client=client, limit=200)
        if not isinstance(page, Vacancies):
            sys.exit(f"no vacancies: {page}")
        for vacancy in page.vacancies:
            found = list_candidates.sync(vacancy.position_id, client=client, limit=3)
            if isinstance(found, Ranking) and found.recommended:
                print(f"{vacancy.position_id} {vacancy.title}")
                for each in found.recommended:
                    print(f"  {each.rank}. {each.employee.nip} {each.employee.name}")
                return
    sys.exit("nobody for any vacancy")


if __name__ == "__main__":
    main(sys.argv[1], os.environ["TOKEN"])
