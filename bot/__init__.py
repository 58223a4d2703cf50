"""Starting things: command line, settings, the ways in, putting it all together."""
