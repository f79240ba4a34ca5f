"""The addresses of the missing room."""

from django.urls import path

from .views import board, episodes, follow_up, nobody_known, photographs, sheets

app_name = "missing"
urlpatterns = [
    path("", board.board, name="board"),
    path("nobody-known/", nobody_known.report, name="report_nobody_known"),
    path("huddle/", board.huddle, name="huddle"),
    path("children/<str:person_id>/", board.child, name="child"),
    path("children/<str:person_id>/report/", episodes.report, name="report"),
    path("children/<str:person_id>/if-missing/", sheets.sheet, name="sheet"),
    path("children/<str:person_id>/if-missing/fill-in/", sheets.fill_in, name="fill_in"),
    path("children/<str:person_id>/if-missing/print/", sheets.print_sheet, name="print_sheet"),
    path("children/<str:person_id>/if-missing/photograph/", photographs.photograph, name="photograph"),
    path(
        "children/<str:person_id>/if-missing/photograph/off/",
        photographs.take_off,
        name="take_off_photograph",
    ),
    path("prints/<uuid:print_id>/photograph/", photographs.on_paper, name="photograph_on_paper"),
    path("actions/<uuid:action_id>/", follow_up.action_done, name="action_done"),
    path("<uuid:episode_id>/", episodes.episode, name="episode"),
    path("<uuid:episode_id>/interview/", episodes.interview, name="interview"),
    path("<uuid:episode_id>/action/", follow_up.add_action, name="add_action"),
    path("<uuid:episode_id>/who/", nobody_known.who, name="who"),
    path("<uuid:episode_id>/<slug:how>/", episodes.step, name="step"),
]
