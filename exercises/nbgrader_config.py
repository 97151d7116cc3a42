"""How nbgrader marks this course. Run nbgrader in this folder; CONTRIBUTING says how an assignment is proven."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "structures"

# What a learner finds where the answer goes. Left as it is, it fails every check of its task.
c.ClearSolutions.code_stub = {
    "python": '# Write your answer here, and delete the next line.\nraise NotImplementedError("no answer yet")'
}
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"

# One cell may take a minute: a check that takes longer is stuck.
c.Execute.timeout = 60
