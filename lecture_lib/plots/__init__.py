"""Figures: each function takes axes and data and draws; it makes no figure and computes nothing.

`frame_*(axes, data)` prepares what stays (limits, ticks, labels), `draw_*(axes, data)` adds what changes.
"""
