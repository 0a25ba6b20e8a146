"""依申请公开 — the law of one request: dated acts, and what follows from them (条例 第二十七条至第四十五条).

Acts are the only facts. Position, clocks and cell are functions of them, of the calendar and of a few settings; nothing
here is stored, and nothing knows what day it is today.
"""
