"""Addresses: badges with criteria, issued as Open Badges 3.0."""

from django.urls import path

from belong.notice.badges.views import keeping, own, verifying

urlpatterns = [
    path("badges/", keeping.badges, name="badges"),
    path("badges/new/", keeping.new, name="new-badge"),
    path("badges/check/", verifying.check, name="check-badge"),
    path("badges/keys/", verifying.keys, name="badge-keys"),
    path("badges/keys/addresses/", verifying.addresses, name="badge-addresses"),
    path("badges/keys/new/", verifying.new_key, name="new-badge-key"),
    path("badges/issuer/<slug:slug>.json", verifying.issuer_file, name="badge-issuer"),
    path("badges/status/<uuid:uid>.json", verifying.status_file, name="badge-status"),
    path("badges/<int:badge_id>/", keeping.badge, name="badge"),
    path("badges/<int:badge_id>/picture/", keeping.picture, name="badge-picture"),
    path("badges/<int:badge_id>/edit/", keeping.edit, name="edit-badge"),
    path("badges/<int:badge_id>/retire/", keeping.retire, name="retire-badge"),
    path("badges/<int:badge_id>/give/", keeping.give, name="give-badge"),
    path("awards/<int:award_id>/", own.award, name="award"),
    path("awards/<int:award_id>/take/", own.take, name="take-award"),
    path("awards/<int:award_id>/withdraw/", keeping.withdraw, name="withdraw-award"),
]
