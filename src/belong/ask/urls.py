"""Addresses of the ask room: /ask/… for staff, /a/… for answering."""

from django.urls import path

from belong.ask.views import answering, classes, getting_in, links, said, waves, withdrawal

app_name = "ask"
urlpatterns = [
    path("ask/", waves.waves, name="waves"),
    path("ask/new/", waves.new, name="new"),
    path("ask/<int:wave_id>/", waves.wave, name="wave"),
    path("ask/<int:wave_id>/edit/", waves.edit, name="edit"),
    path("ask/<int:wave_id>/questions/", waves.questions, name="wave-questions"),
    path("ask/<int:wave_id>/try/", waves.try_out, name="try"),
    path("ask/<int:wave_id>/open/", waves.open_, name="open"),
    path("ask/<int:wave_id>/close/", waves.close, name="close"),
    path("ask/<int:wave_id>/discard/", waves.discard, name="discard"),
    path("ask/<int:wave_id>/paper/", waves.paper, name="paper"),
    path("ask/<int:wave_id>/texts/", said.texts, name="texts"),
    path("ask/<int:wave_id>/named/", said.named, name="named"),
    path("ask/<int:wave_id>/withdraw/", withdrawal.withdraw, name="withdraw"),
    path("ask/<int:wave_id>/links/", links.links, name="links"),
    path("ask/<int:wave_id>/links/mail/", links.mail, name="mail-links"),
    path("ask/<int:wave_id>/links/slips/", links.slips, name="slips"),
    path("ask/<int:wave_id>/class/<int:group_id>/", classes.class_, name="class"),
    path("ask/<int:wave_id>/class/<int:group_id>/cards/", classes.cards, name="cards"),
    path("ask/<int:wave_id>/class/<int:group_id>/cards/<int:person_id>/", classes.card, name="one-card"),
    path("ask/<int:wave_id>/class/<int:group_id>/session/", classes.open_session, name="open-session"),
    path("ask/numbers/<int:group_id>/", classes.numbers, name="numbers"),
    path("ask/numbers/<int:group_id>/<int:person_id>/", classes.number, name="one-number"),
    path("ask/sessions/<int:session_id>/", classes.session, name="session"),
    path("ask/sessions/<int:session_id>/board/", classes.board, name="board"),
    path("ask/sessions/<int:session_id>/let-in/", classes.let_in, name="let-in"),
    path("ask/sessions/<int:session_id>/turn-away/", classes.turn_away, name="turn-away"),
    path("ask/sessions/<int:session_id>/end/", classes.end_session, name="end-session"),
    path("a/", getting_in.code, name="code"),
    path("a/wait/", getting_in.wait, name="wait"),
    path("a/wait/state/", getting_in.wait_state, name="wait-state"),
    path("a/names/", getting_in.names, name="names"),
    path("a/names/<int:person_id>/", getting_in.number, name="number"),
    path("a/c/<str:token>/", getting_in.card, name="card"),
    path("a/start/", getting_in.start, name="start"),
    path("a/again/", getting_in.again, name="again"),
    path("a/questions/", answering.questions, name="questions"),
    path("a/answers/", answering.answers, name="answers"),
    path("a/done/<slug:band>/", answering.done, name="done"),
]
