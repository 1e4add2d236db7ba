"""The parts a machine needs to run Prevent Cases with nothing installed by hand.

``python -m prevent_cases.local`` starts an embedded PostgreSQL and Redis under ``DATA_DIR``, prepares the database
and keeps the web server, the worker and the scheduler together. Production uses servers by URL instead
(``docker-compose.yml``). Nothing here imports a model.

``problem``      the one exception: a sentence fit to show
``places``       where everything lies under ``DATA_DIR``
``claim``        one copy for each ``DATA_DIR``
``leftovers``    what a killed run left behind, found and stopped
``postgres``     embedded PostgreSQL; ``roles.sql`` makes the two roles and the database
``broker``       embedded Redis
``servers``      both together: ``local_servers(data_dir)``, which the tests use too
``preflight``    what must be true of the machine before anything starts
``environment``  the variables that the started programs receive
``schema``       migrations applied as the owner, and unknown ones refused
``supervise``    ``make run``: all of it, from the first check to the last clean stop
"""
