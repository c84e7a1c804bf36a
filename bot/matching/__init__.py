"""Who fits whom: what people must share, what else counts and how much, and whom to propose.

`rolling` finds the best mentors for one student, `batch` the best pairs for all of them. Both go by
the same tables: what must be met (`musts`), what counts (`weights`) and what is fair (`fairness`).
"""
