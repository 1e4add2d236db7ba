"""How static files are stored for production: hashed names, compressed, imports between modules rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Without the flag, ``import … from "./x.js";`` keeps its plain name and escapes long caching.

    Only ``.js`` files whose imports end in a semicolon are rewritten. A ``url()`` that points nowhere stops
    ``collectstatic``, which is what we want.
    """

    support_js_module_import_aggregation = True
