"""A release is read from the database and taken apart once at most for a page, and not at all for the next one."""

from belong.release import Release
from belong.see import queries


def test_no_page_takes_a_release_apart_twice(cast, client_as, told, monkeypatch):
    taken, apart = [], Release.from_json.__func__

    def counted(cls, data):
        taken.append(data["hash"])
        return apart(cls, data)

    monkeypatch.setattr(Release, "from_json", classmethod(counted))
    head, wave = client_as(cast.head), told.spring.pk
    pages = ["", "items/", "method/", "parts/listened/", "groups/sex/", "gap/?measure=score&cut=sex&group=F"]
    files = ["release.csv", "release.xlsx", "release.json"]
    for page in ["/see/", *(f"/see/{wave}/{page}" for page in (*pages, *files))]:
        queries._parsed.clear()
        taken.clear()
        assert head.get(page).status_code == 200
        assert len(taken) == len(set(taken)) <= 2, page
        taken.clear()
        head.get(page)
        assert taken == [], page
