"""All pictures of the demo county, drawn by code from a seed: produce, places, people and the room's clip.

What always holds: the same arguments give the same file; a picture is plain SVG without script, style sheet or
reference to another file, so it is safe under any content security policy; colours come from the product's palette.
"""
