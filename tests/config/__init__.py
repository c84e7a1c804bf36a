"""What a school's file and the environment may say, and what they are told."""
