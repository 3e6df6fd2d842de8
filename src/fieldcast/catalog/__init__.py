"""Farms, plots, products and lots (a harvested batch).

What always holds: a lot belongs to one plot, is of a product that the plot is declared to grow, and with everything
else that grows there never claims more than the plot's area can bear at a time; of its
photos and papers only those photos that its seller means for everyone are shown to others.
"""
