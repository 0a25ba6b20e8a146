"""公开平台测速 — what a list and an article cost beside a bare view with one query; `_portal` measures."""

from benchmarks._portal import main

if __name__ == "__main__":
    main()
