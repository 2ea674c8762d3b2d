"""Addresses: languages, and the words in them."""

from django.urls import path

from belong.ask.languages import views

urlpatterns = [
    path("ask/languages/", views.languages, name="languages"),
    path("ask/languages/<slug:code>/", views.language, name="language"),
    path("ask/languages/<slug:code>/file.csv", views.download, name="language-file"),
    path("ask/languages/<slug:code>/use/", views.use, name="language-use"),
    path("ask/languages/<slug:code>/back/", views.back, name="language-back"),
    path("ask/languages/<slug:code>/check/", views.check, name="language-check"),
    path("my-language/", views.choose, name="choose-language"),
]
