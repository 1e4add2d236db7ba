"""The screens of the directory, the editions and the training register."""
