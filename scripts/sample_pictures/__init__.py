"""The scenes of the sample pictures, drawn with Pillow."""
