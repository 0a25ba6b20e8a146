"""核对台结果页测速 — what a result page and two hundred files at once cost; `_desk` measures.

Every reading process imports the module that was started, so this one imports nothing unless it was.
"""

if __name__ == "__main__":
    from benchmarks._desk import main

    main()
