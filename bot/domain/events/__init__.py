"""Events: the school invites, people say whether they come, and everybody who comes has a place."""
