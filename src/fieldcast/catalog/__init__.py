"""Farms, plots, products and lots (a harvested batch).

What always holds: a lot belongs to one plot and never claims more than the plot's area can bear that season; of its
photos and papers only those photos that its seller means for everyone are shown to others.
"""
