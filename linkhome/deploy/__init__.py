"""Put the built site where visitors find it, prove that it is live, and take it back. One file a target."""
