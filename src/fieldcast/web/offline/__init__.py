"""What works without a signal: the worker that keeps the shell and some forms, and the page of what waits on a phone.

The scripts are in `static/fieldcast/offline/`; a form takes part by `data-offline`, its view by `shared.offline.kept`.
"""
