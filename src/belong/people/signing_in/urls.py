"""Addresses of signing in. allauth's own are not included: what is not here cannot be reached.

The page `sign-in` itself is the site's, which adds the demo school's people.
"""

from django.urls import path

from belong.people.signing_in import again, passwords, views, yours

urlpatterns = [
    path("sign-in/second/", views.second, name="sign-in-second"),
    path("sign-in/passkey/", views.passkey, name="sign-in-passkey"),
    path("sign-in/again/", again.again, name="sign-in-again"),
    path("sign-in/forgotten/", passwords.forgotten, name="forgotten"),
    path("sign-in/new/<uidb64>/<token>/", passwords.SetPassword.as_view(), name="set-password"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("your-sign-in/", yours.yours, name="your-sign-in"),
    path("your-sign-in/password/", passwords.change, name="change-password"),
    path("your-sign-in/second-step/", yours.second_step, name="second-step"),
    path("your-sign-in/app/", yours.add_app, name="add-app"),
    path("your-sign-in/passkey/", yours.add_passkey, name="add-passkey"),
    path("your-sign-in/second-step/<int:factor_id>/remove/", yours.remove_factor, name="remove-factor"),
    path("your-sign-in/codes/", yours.codes, name="recovery-codes"),
    path("your-sign-in/codes.txt", yours.codes_file, name="recovery-codes-file"),
    path("your-sign-in/codes/kept/", yours.codes_kept, name="recovery-codes-kept"),
    path("your-sign-in/where/", yours.where, name="where-signed-in"),
    path("your-sign-in/where/<int:session_id>/end/", yours.end_one, name="end-session"),
    path("your-sign-in/where/end-others/", yours.end_others, name="end-other-sessions"),
]
