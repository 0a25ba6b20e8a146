"""附件放在哪里 — a folder of this machine, or an S3-compatible store where the environment names a bucket.

`GONGKAI_S3_BUCKET`: its name. `GONGKAI_S3_ENDPOINT`: the address of the store. `GONGKAI_S3_REGION`. `GONGKAI_S3_KEY`
and `GONGKAI_S3_SECRET`: by which the store knows us. `GONGKAI_S3_PREFIX`: a folder inside the bucket.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.web.given import Given

_IN_MEMORY_BYTES = 1024**2


def kept_files(given: Given, folder: Path) -> dict[str, Any]:
    """附件放在哪里 — the storage as Django is told of it; nothing in it is public by itself."""
    bucket = given.text("GONGKAI_S3_BUCKET", pattern=r"[0-9A-Za-z][0-9A-Za-z._-]+", like="gongkai-files")
    told = {
        "endpoint_url": given.web("GONGKAI_S3_ENDPOINT", like="https://s3.example.cn"),
        "region_name": given.text("GONGKAI_S3_REGION", pattern=r"[\w-]+", like="cn-north-1"),
        "access_key": given.secret("GONGKAI_S3_KEY"),
        "secret_key": given.secret("GONGKAI_S3_SECRET"),
    }
    prefix = given.text("GONGKAI_S3_PREFIX", pattern=r"(?!.*\.\.)[\w./-]+", like="gongkai/files")
    if told["access_key"] or told["secret_key"]:
        given.together("GONGKAI_S3_KEY", "GONGKAI_S3_SECRET", told["access_key"])
        given.together("GONGKAI_S3_SECRET", "GONGKAI_S3_KEY", told["secret_key"])
    if not bucket:
        return {
            "BACKEND": "gongkai.web.files.storing.Folder",
            "OPTIONS": {"location": folder / "kept", "file_permissions_mode": 0o600},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            **{name: value or None for name, value in told.items()},
            "location": prefix,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": _IN_MEMORY_BYTES,
        },
    }
