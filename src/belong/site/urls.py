"""Every address, room by room."""

from django.urls import include, path

from belong.site import views, wellknown

urlpatterns = [
    path("", include("belong.ask.urls")),  # first: its pages for answering are asked for most
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/demo/", views.demo_sign_in, name="demo-sign-in"),
    path("healthy/", views.healthy, name="healthy"),
    path("robots.txt", wellknown.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security, name="security-txt"),
    # Rooms with a word of their own come before those that are looked through.
    path("see/", include("belong.see.urls")),
    path("act/", include("belong.act.urls")),
    path("people/", include("belong.people.urls")),
    path("guard/", include("belong.guard.urls")),
    path("look/", include("belong.web.urls")),
    path("", include("belong.notice.urls")),
    path("", include("belong.people.signing_in.urls")),
    path("", include("belong.people.oidc.urls")),
    path("", include("belong.tell.urls")),
]

handler500 = "belong.site.trouble.broken"
