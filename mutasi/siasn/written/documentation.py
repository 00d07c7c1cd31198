"""Describe how a region is written as SIASN exports it (a part of docs/siasn.md)."""

EXPORT = """\
## Export

`mutasi export FOLDER --format siasn` writes what the store holds as SIASN would export it;
`mutasi simulate --out FOLDER --format siasn` does so with an invented region. `--layout` says
how the files lie: `resources` (a list a file, the default), `folders` (a folder a list, in it
an envelope an employee), `documents` (a document an employee) or `pegawai` (the list for
spreadsheets). FOLDER must be empty: whatever lay in it would be imported as well.

```
mutasi simulate --out region --format siasn
mutasi import region --format siasn     # what SIASN has a place for
mutasi import region.beside             # what it has not
```

What SIASN has no place for lies in `FOLDER.beside`, a [bundle](bundle.md) with the ids of the
export. It adds to the store and is imported after the export.

**Ids.** SIASN has no ids of posts, so a post gets another id when it goes out, always the same
one. Units, employees and offers keep theirs. A region that came from SIASN keeps all of them.

| Post | Id in the export | Example |
|---|---|---|
| the highest structural post of a unit, if no other post there is as high | that of the unit: \
the node is the post | `DINKES.KEPALA` → `DINKES` |
| any other structural post | its own, and a unit of that id is made for it below its unit | \
`DINKES.SEKRETARIS`, below `DINKES` |
| any other post | `unit:job`; the job is what the old id says beside the unit | `SD-001.GK-MU` \
→ `SD-001:GK-MU` |

**What comes back.** Import of the export gives the same records but for this renaming and for
what the last column names; import of the bundle beside it gives that.

| Table | Comes back | Only from beside |
|---|---|---|
| units | id, name, government, the unit above | function where no name tells it, place, \
coordinates, remoteness |
| positions | those that a node or a history names: unit, title, kind, *eselon* | what they \
demand, class, last day; functional and general posts that nobody ever held |
| employees, grades, sanctions, credits, awards, potentials, indices, reviews | all | – |
| postings | all; the last day of an acting one is worked out | – |
| appraisals | all but the predicate of an SKP number | – |
| educations | all; the field is read from the name | – |
| trainings | all but the function that a course is about | – |
| assessments | the nine competencies | the technical level |
| standings | active from the first day, and the present one | those between |
| transfers | worked out from the postings | the day of the decision, the offer |
| governments, blackouts, needs, demands, residences, circumstances, offers, objections | – | all |

The day from which a record was known has no place in SIASN. It comes back as the record's own
day (of an appraisal 1 March of the year after), but for the tables of the last column.
"""
