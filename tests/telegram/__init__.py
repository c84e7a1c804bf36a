"""Telegram on the loopback: a strict Bot API server, its people, and the gateway's tests."""
