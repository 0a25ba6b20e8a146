"""附件放在哪里 — a folder of this machine, or an S3-compatible store where the environment names a bucket.

`GONGKAI_S3_BUCKET`: its name. `GONGKAI_S3_ENDPOINT`: the address of the store. `GONGKAI_S3_REGION`. `GONGKAI_S3_KEY`
and `GONGKAI_S3_SECRET`: by which the store knows us. `GONGKAI_S3_PREFIX`: a folder inside the bucket.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from environ import Env

_IN_MEMORY_BYTES = 1024**2


def kept_files(env: Env, folder: Path) -> dict[str, Any]:
    """附件放在哪里 — the storage as Django is told of it; nothing in it is public by itself."""
    bucket = env.str("GONGKAI_S3_BUCKET", default="")
    if not bucket:
        return {
            "BACKEND": "gongkai.web.files.storing.Folder",
            "OPTIONS": {"location": folder / "kept", "file_permissions_mode": 0o600},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("GONGKAI_S3_ENDPOINT", default="") or None,
            "region_name": env.str("GONGKAI_S3_REGION", default="") or None,
            "access_key": env.str("GONGKAI_S3_KEY", default="") or None,
            "secret_key": env.str("GONGKAI_S3_SECRET", default="") or None,
            "location": env.str("GONGKAI_S3_PREFIX", default=""),
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": _IN_MEMORY_BYTES,
        },
    }
