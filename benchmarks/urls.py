"""The product's addresses, and the floor."""

from django.urls import path

from benchmarks.floor import floor
from prevent_cases.urls import urlpatterns as the_product

urlpatterns = [*the_product, path("floor/", floor)]
