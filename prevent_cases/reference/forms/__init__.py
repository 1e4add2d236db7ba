"""What is typed on the screens of the directory, the editions and the training register. Nothing here saves."""
