"""Make what a creator takes along: icons, pictures for previews, codes and a contact card."""
