"""示范县 — an invented county with three years of work, to see the platform at once; never part of a real one."""
