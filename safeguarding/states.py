"""What can be true of what is done to protect somebody. Imports nothing of ours."""
