-- Consultations that were held elsewhere and came as a bundle: the key whose bundles may add to them.

CREATE TABLE bundle_origin (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id),
  public_key      TEXT NOT NULL -- Ed25519, 64 hexadecimal digits
) STRICT;
