"""The addresses of the desk and the view behind each: one page of the handbook (desk.md) lists them."""

from __future__ import annotations

from django.urls import path

from merestone.web import door
from merestone.web.pages import audit, exhibits, incidents, maps, model, reports, speech, today

urlpatterns = [
    path("healthz", door.healthz),
    path("sign-in/", door.sign_in),
    path("sign-out/", door.sign_out),
    path("", today.today),
    path("map/", maps.chart),
    path("map/data.json", maps.data),
    path("incidents/", incidents.listed),
    path("incidents/<str:incident>/", incidents.one),
    path("patterns/", speech.patterns),
    path("statements/", speech.statements),
    path("appeals/", speech.appeals),
    path("agreements/", speech.agreements),
    path("exhibits/", exhibits.listed),
    path("exhibits/<str:exhibit>/", exhibits.one),
    path("exhibits/<str:exhibit>/original", exhibits.original),
    path("exhibits/<str:exhibit>/pages/<int:number>.png", exhibits.picture),
    path("reports/", reports.listed),
    path("reports/<str:edition>/<str:profile>.zip", reports.bundle),
    path("audit/", audit.audit),
    path("audit/balance/", audit.balance),
    path("audit/ledger/", audit.ledger),
    path("audit/ledger/<int:position>/", audit.entry),
    path("audit/verify/", audit.verified),
    path("audit/model/", model.model),
]
handler400 = "merestone.web.failures.malformed"
handler403 = "merestone.web.failures.malformed"
handler404 = "merestone.web.failures.not_found"
handler500 = "merestone.web.failures.of_the_program"
