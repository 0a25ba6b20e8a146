"""后台工作 — tasks are done one after the other, in a process beside the platform that lives and ends with it."""
