"""Every address, room by room."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from belong.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/demo/", views.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sign-in/new/<uidb64>/<token>/", views.SetPassword.as_view(), name="set-password"),
    path("healthy/", views.healthy, name="healthy"),
    path("", include("belong.ask.urls")),
    path("", include("belong.notice.urls")),
    path("see/", include("belong.see.urls")),
    path("act/", include("belong.act.urls")),
    path("", include("belong.tell.urls")),
    path("people/", include("belong.people.urls")),
    path("guard/", include("belong.guard.urls")),
    path("look/", include("belong.web.urls")),
]
