"""Addresses of the tell room."""

from django.urls import path

from belong.tell.views import reports, told, writing
from belong.web.languages import addressed

app_name = "tell"
urlpatterns = [
    path("tell/", writing.responses, name="responses"),
    path("tell/<int:wave_id>/edit/", writing.edit, name="edit"),
    path("tell/<int:wave_id>/thanks/", writing.thanks, name="thanks"),
    path("tell/<int:wave_id>/items/", writing.add_item, name="add-item"),
    path("tell/<int:wave_id>/items/undo/", writing.restore_item, name="restore-item"),
    path("tell/<int:wave_id>/items/<int:item_id>/", writing.item, name="item"),
    path("tell/<int:wave_id>/items/<int:item_id>/move/", writing.move_item, name="move-item"),
    path("tell/<int:wave_id>/items/<int:item_id>/remove/", writing.remove_item, name="remove-item"),
    path("tell/<int:wave_id>/publish/", writing.publish, name="publish"),
    path("tell/<int:wave_id>/take-back/", writing.take_back, name="take-back"),
    path("tell/<int:wave_id>/preview/", told.preview, name="preview"),
    path("tell/<int:wave_id>/report/", reports.report, name="report"),
    path("tell/<int:wave_id>/governors.pdf", reports.governors_pdf, name="governors-pdf"),
    path("told/", told.told_list, name="told-list"),
    path(addressed("told/<str:share_code>/"), told.told, name="told"),
    path(addressed("told/<str:share_code>/poster/"), told.poster, name="poster"),
]
