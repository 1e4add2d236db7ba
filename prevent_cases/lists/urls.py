"""The back office's addresses, under /lists/."""

from django.urls import path

from prevent_cases.lists.views import gaps, inviting, listed, people, places, teams, uploads

app_name = "lists"

urlpatterns = [
    path("", teams.home, name="home"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("who/", gaps.who, name="who"),
    path("teams/add/", places.add_team, name="add-team"),
    path("teams/<uuid:team_id>/", teams.team, name="team"),
    path("teams/<uuid:team_id>/history/", teams.history, name="history"),
    path("teams/<uuid:team_id>/change/", places.change_team, name="change-team"),
    path("teams/<uuid:team_id>/close/", places.close, name="close-team"),
    path("teams/<uuid:team_id>/nominate/", listed.nominate, name="nominate"),
    path("teams/<uuid:team_id>/seat/", listed.give_seat, name="give-seat"),
    path("teams/<uuid:team_id>/invite/", inviting.invite_to, name="invite"),
    path("teams/<uuid:team_id>/hand-over/<uuid:user_id>/", listed.hand_over, name="hand-over"),
    path("nominations/<uuid:nomination_id>/end/", listed.end_nomination, name="end-nomination"),
    path("seats/<uuid:seat_id>/end/", listed.end_seat, name="end-seat"),
    path("invitations/<uuid:invitation_id>/", inviting.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/withdraw/", inviting.withdraw, name="withdraw"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/template.csv", uploads.template, name="upload-template"),
    path("uploads/<uuid:key>/preview/", uploads.preview, name="upload-preview"),
    path("uploads/<uuid:upload_id>/undo/", uploads.undo, name="upload-undo"),
    path("places/", places.places, name="places"),
    path("organisations/add/", places.organisation, name="add-organisation"),
    path("organisations/<uuid:organisation_id>/", places.organisation, name="organisation"),
    path("areas/add/", places.area, name="add-area"),
    path("areas/<uuid:area_id>/", places.area, name="area"),
    path("localities/add/", places.locality, name="add-locality"),
    path("localities/<uuid:locality_id>/", places.locality, name="locality"),
    path("people/", people.people, name="people"),
    path("people/<uuid:user_id>/", people.person, name="person"),
    path("reviews/", people.reviews, name="reviews"),
    path("reviews/<uuid:review_id>/", people.review, name="review"),
]
