"""An internet on loopback: names, certificates, thirty platforms, and everything that can go wrong with them."""
