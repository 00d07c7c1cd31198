"""Which keys are read: an allow-list, in the vocabulary's words."""

import re

import pytest

from mutasi.bundle.contract import NOUN_OF
from mutasi.siasn.resources import NAMES, RESOURCES, Resource, plain, spellings
from mutasi.vocabulary import columns

PERSONAL = re.compile(
    r"nik$|agama|hp$|telp|phone|mail|alamat|npwp|bpjs|ortu|ayah|ibu|pasangan|kawin|anak"
    r"|tempatlahir|path|dokumen|foto|taspen|karpeg|rekening"
)

NAMED_BY_THE_ISSUE = (
    "data-utama", "rw-jabatan", "rw-golongan", "rw-pendidikan", "rw-diklat", "rw-kursus",
    "rw-skp", "rw-skp22", "rw-kinerjaperiodik", "rw-hukdis", "rw-angkakredit", "rw-penghargaan",
    "rw-pindahinstansi", "rw-pnsunor", "kompetensi", "potensi", "nilaiipasn", "ref-unor",
)  # fmt: skip


def test_all_resources_are_read() -> None:
    assert set(NAMED_BY_THE_ISSUE) == {resource.name for resource in RESOURCES}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_no_key_that_is_read_is_personal_beyond_need(resource: Resource) -> None:
    assert not [spelling for spelling in spellings(resource) if PERSONAL.search(spelling)]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_fields_are_of_the_vocabulary_and_keys_are_read(resource: Resource) -> None:
    fields = {column.name for column in columns(NOUN_OF[resource.table])}
    assert set(resource.feeds) <= fields
    assert set(resource.feeds.values()) <= set(resource.keys)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_a_spelling_means_one_key(resource: Resource) -> None:
    said = [plain(name) for key, others in resource.keys.items() for name in (key, *others)]
    assert len(said) == len(set(said))


def test_a_name_means_one_resource() -> None:
    assert len(NAMES) == sum(1 + len(resource.names) for resource in RESOURCES)
