def test_smoke(lively, client_as):
    cast = lively
    g, p = cast.tutor_group.pk, cast.pupils[1].pk
    c = client_as(cast.tutor)
    for u in ["/", f"/group/{g}/", f"/group/{g}/moment/?start=all", f"/group/{g}/sort/", f"/group/{g}/sort/?at=0", f"/pupils/{p}/", f"/pupils/{p}/moment/", "/overlooked/"]:
        r = c.get(u)
        print(u, r.status_code)
