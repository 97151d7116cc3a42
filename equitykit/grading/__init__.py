"""Assignments and their marking: hints for check cells, and the proof that marking marks what it should.

Nothing is imported here, so that a learner's notebook, which needs only :mod:`equitykit.grading.hints`,
does not wait for nbgrader.
"""
