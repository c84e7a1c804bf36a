"""The read side: what staff, and those who look after the school's chat, want to see."""
