"""Addresses of signing in with Google or Microsoft that stand beside /sign-in/. Setting up is under /people/."""

from django.urls import path

from belong.people.oidc import account_views, views

urlpatterns = [
    path("sign-in/with/", views.choose_school, name="sign-in-with-school"),
    path("sign-in/trouble/", views.trouble, name="sign-in-trouble"),
    path("sign-in/with/<slug:slug>/", views.school, name="sign-in-with"),
    path("sign-in/with/<slug:slug>/<slug:kind>/", views.leave_for, name="sign-in-with-leave"),
    path("sign-in/with/<slug:slug>/<slug:kind>/back/", views.back, name="sign-in-with-back"),
    path("sign-in/new/<uidb64>/with/<slug:kind>/", views.leave_invited, name="sign-in-invited-with"),
    path("sign-in/again/with/<slug:kind>/", views.leave_again, name="sign-in-again-with"),
    path("your-sign-in/accounts/", account_views.accounts, name="sign-in-accounts"),
    path("your-sign-in/accounts/<slug:kind>/", views.leave_to_link, name="sign-in-link"),
    path("your-sign-in/accounts/<slug:kind>/try/", views.leave_to_try, name="sign-in-try"),
    path("your-sign-in/accounts/<slug:kind>/unlink/", account_views.unlink, name="sign-in-unlink"),
]
