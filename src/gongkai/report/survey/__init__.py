"""普查年报 — a whole corpus read, checked and asked: figures, findings and reports as Parquet (条例 第五十条).

Needs the extra `survey`. Stands above everything else that is known of reports. Nothing is imported here: who reads a
corpus (`running`) need not load what answers questions (`asking`, `copies`).
"""
