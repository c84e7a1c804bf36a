"""Tables, and the statements that read and write them; every statement is bound to one school."""
