"""Ways in and out: the web chat, and Telegram through aiogram or python-telegram-bot."""
