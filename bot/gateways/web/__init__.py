"""The web chat: a way to the bot for everybody who has a browser, and nothing else to install.

`gateway` implements the port, `history` is what it needs stored, `routes` puts it on a web server,
`demo` shows four people and a clock on one page.
"""
