"""Who sees what: the part of the record that is somebody's to read."""
