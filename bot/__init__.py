"""Kutse keeps a vocational school and its alumni in touch, in a chat, in everybody's own language."""
