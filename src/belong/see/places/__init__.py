"""Where pupils feel they belong: a released table of place by time of day, as a plan and as words.

Built once, when an asking closes, from answers that hold no pupil, through the same engine as a wave.
"""
