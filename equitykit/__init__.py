"""The kit of the course: what pages, exercises and graders import."""
