"""Mentoring: what is offered and wished, who fits whom, and what can happen between the two."""
