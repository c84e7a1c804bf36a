"""What people say becomes what happens: one module for each journey's ways in."""
