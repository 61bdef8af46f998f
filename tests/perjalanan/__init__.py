"""The whole road in a browser, from an agency's sign-up to a certificate that checks out."""
