(a file)
